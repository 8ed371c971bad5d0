package io.nsqite;

import io.nsqite.admin.DefaultQueueAdmin;
import io.nsqite.admin.OperatorListener;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.Consumers;
import io.nsqite.consumer.DefaultConsumers;
import io.nsqite.consumer.Engine;
import io.nsqite.database.QueueDatabase;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.maintenance.CommitWatch;
import io.nsqite.maintenance.DeletedChannels;
import io.nsqite.maintenance.Retention;
import io.nsqite.maintenance.WriterProbe;
import io.nsqite.owner.Ownership;
import io.nsqite.producer.DefaultProducer;
import io.nsqite.producer.Producer;
import io.nsqite.pull.Faces;
import io.nsqite.pull.LogReader;
import io.nsqite.pull.PullConsumer;
import io.nsqite.store.QueueStore;
import io.nsqite.wakeup.Progress;
import io.nsqite.wakeup.Timer;
import io.nsqite.wakeup.TopicSignals;
import io.nsqite.wakeup.WriteBell;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts together, and takes them down in order. */
final class DefaultNsqite implements Nsqite, CommitWatch.CommitListener, OperatorListener {

    private static final Logger log = LoggerFactory.getLogger(DefaultNsqite.class);

    private final NsqiteOptions options;
    private final QueueDatabase database;
    private final QueueStore store;
    private final Ownership ownership;
    private final TopicSignals signals;
    private final Timer timer;
    private final DefaultProducer producer;
    private final DefaultConsumers consumers;
    private final Faces faces;
    private final QueueAdmin admin;
    private final CommitWatch watch;
    private final Retention retention;
    private final DeletedChannels deletedChannels;
    private final WriterProbe writerProbe;
    private final Conditions conditions;
    private final Progress progress;
    private final AtomicBoolean closed = new AtomicBoolean();

    DefaultNsqite(
            Engine engine,
            DefaultProducer producer,
            DefaultConsumers consumers,
            NsqiteOptions options,
            WriteBell bell) {
        this.options = options;
        this.producer = producer;
        database = engine.database();
        store = engine.store();
        ownership = engine.ownership();
        signals = engine.signals();
        timer = engine.timer();
        progress = engine.progress();
        this.consumers = consumers;
        faces = new Faces(engine, consumers);
        admin = new DefaultQueueAdmin(database, store, engine.clock(), progress, this);
        watch = new CommitWatch(database, store, timer, new CommitWatch.Rhythm(this::pollInterval, bell), this);
        retention = new Retention(database, store.retention(), options.retention(), timer, engine.clock());
        deletedChannels = new DeletedChannels(database, store, ownership, timer);
        writerProbe = new WriterProbe(database, store, ownership::id, timer);
        conditions = new Conditions(database, ownership, engine.clock());
    }

    void start() throws SQLException {
        ownership.start(consumers);
        deletedChannels.start();
        watch.start();
        retention.start();
        writerProbe.start();
    }

    private Duration pollInterval() {
        return ownership.isAlone() ? options.idlePollInterval() : options.sharedPollInterval();
    }

    @Override
    public void committed() {
        signals.all();
        ownership.committed();
        consumers.committed();
        progress.advance();
    }

    @Override
    public void channelChanged() {
        consumers.committed();
        progress.advance();
    }

    @Override
    public void channelDeleted() {
        channelChanged();
        deletedChannels.sweep();
    }

    @Override
    public long readUpTo() {
        return consumers.readUpTo();
    }

    @Override
    public void logShrunk(long newestId, long newestIdBefore) {
        log.error(
                "The log of {} ends at {} now but ended at {} before: an older state was restored into it",
                database.sqlite().path(),
                newestId,
                newestIdBefore);
        store.topics().forget();
        ownership.registerAnew();
    }

    @Override
    public void topicsVanished() {
        log.warn(
                "Topics were deleted from {}; those that this process uses are created again",
                database.sqlite().path());
        database.writer().submit(this::restoreTopics, (restored, failure) -> {
            if (failure != null) {
                log.error("The topics could not be created again; restart the application", failure);
            }
        });
    }

    private boolean restoreTopics(Connection transaction) throws SQLException {
        store.topics().restore(transaction);
        return true;
    }

    @Override
    public Producer producer() {
        return producer;
    }

    @Override
    public Consumers consumers() {
        return consumers;
    }

    @Override
    public QueueAdmin admin() {
        return admin;
    }

    @Override
    public PullConsumer pull(String topic, String channel, ConsumerOptions options) {
        return faces.pull(topic, channel, options);
    }

    @Override
    public LogReader log(String topic, String group) {
        return faces.log(topic, group);
    }

    @Override
    public Condition condition() {
        return closed.get() ? conditions.closed() : conditions.now();
    }

    @Override
    public TablePrefix tablePrefix() {
        return database.schema().prefix();
    }

    @Override
    public Path file() {
        return database.sqlite().path();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        consumers.stopAll(options.stopTimeout());
        faces.close();
        watch.close();
        retention.close();
        deletedChannels.close();
        writerProbe.close();
        try {
            ownership.close();
        } catch (SQLException | IllegalStateException e) {
            log.warn("This process could not sign off; others notice that it ended by its lock", e);
        }
        timer.close();
        try {
            database.close();
        } catch (SQLException e) {
            log.warn("Closing the queue's connections failed", e);
        }
    }
}
