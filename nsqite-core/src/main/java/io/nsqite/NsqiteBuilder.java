package io.nsqite;

import io.nsqite.consumer.ChannelListener;
import io.nsqite.consumer.DefaultConsumers;
import io.nsqite.consumer.DeliveryInterceptor;
import io.nsqite.consumer.Engine;
import io.nsqite.consumer.HandlerThreads;
import io.nsqite.consumer.Hooks;
import io.nsqite.database.QueueDatabase;
import io.nsqite.database.WriterListener;
import io.nsqite.error.DatabaseException;
import io.nsqite.error.ErrorTranslation;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.owner.Ownership;
import io.nsqite.producer.Announcements;
import io.nsqite.producer.CallerTransaction;
import io.nsqite.producer.DefaultProducer;
import io.nsqite.producer.PayloadEncoder;
import io.nsqite.producer.PublishListener;
import io.nsqite.schema.Schema;
import io.nsqite.schema.SchemaMode;
import io.nsqite.store.QueueStore;
import io.nsqite.wakeup.EngineClock;
import io.nsqite.wakeup.Progress;
import io.nsqite.wakeup.SystemTimer;
import io.nsqite.wakeup.Timer;
import io.nsqite.wakeup.TopicSignals;
import io.nsqite.wakeup.WriteBell;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Nsqite}. Not safe for use by several threads. */
public final class NsqiteBuilder {

    private final DataSource dataSource;
    private NsqiteOptions options = NsqiteOptions.defaults();
    private CallerTransaction callerTransaction = CallerTransaction.none();
    private ErrorTranslation errorTranslation = ErrorTranslation.none();
    private PayloadEncoder payloadEncoder = PayloadEncoder.plain();
    private InstantSource clock = InstantSource.system();
    private ThreadFactory handlerThreads = new HandlerThreads();
    private final List<ChannelListener> channelListeners = new ArrayList<>();
    private final List<DeliveryInterceptor> interceptors = new ArrayList<>();
    private final List<PublishListener> publishListeners = new ArrayList<>();
    private final List<WriterListener> writerListeners = new ArrayList<>();
    private Supplier<Timer> timers = () -> new SystemTimer("nsqite-timer");
    private Function<Path, WriteBell> bells = WriteBell::of;
    private SchemaMode schemaMode = SchemaMode.ALWAYS;
    private TablePrefix tablePrefix = TablePrefix.DEFAULT;

    NsqiteBuilder(DataSource dataSource) {
        this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
    }

    /** Settings; {@link NsqiteOptions#defaults()} unless given. */
    public NsqiteBuilder options(NsqiteOptions newOptions) {
        options = Objects.requireNonNull(newOptions, "options");
        return this;
    }

    /** How to find the caller's transaction; none but those given explicitly unless given. */
    public NsqiteBuilder callerTransaction(CallerTransaction newCallerTransaction) {
        callerTransaction = Objects.requireNonNull(newCallerTransaction, "callerTransaction");
        return this;
    }

    /** What callers get when the database refuses something; {@link ErrorTranslation#none()} unless given. */
    public NsqiteBuilder errorTranslation(ErrorTranslation newErrorTranslation) {
        errorTranslation = Objects.requireNonNull(newErrorTranslation, "errorTranslation");
        return this;
    }

    /** How payloads become bytes; {@link PayloadEncoder#plain()} unless given. */
    public NsqiteBuilder payloadEncoder(PayloadEncoder newPayloadEncoder) {
        payloadEncoder = Objects.requireNonNull(newPayloadEncoder, "payloadEncoder");
        return this;
    }

    /** Where the wall-clock time comes from; the system unless given. */
    public NsqiteBuilder clock(InstantSource newClock) {
        clock = Objects.requireNonNull(newClock, "clock");
        return this;
    }

    /**
     * Makes the threads that handlers run on. Unless given: platform threads that keep the JVM running, with the class loader of the thread
     * that makes this builder. (Virtual threads don't keep it running.)
     */
    public NsqiteBuilder handlerThreads(ThreadFactory newHandlerThreads) {
        handlerThreads = Objects.requireNonNull(newHandlerThreads, "handlerThreads");
        return this;
    }

    /** Adds something that is told what happens to messages. */
    public NsqiteBuilder channelListener(ChannelListener listener) {
        channelListeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** Adds something that is told which messages were published and committed. */
    public NsqiteBuilder publishListener(PublishListener listener) {
        publishListeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** Adds something that is told what the queue's writer commits. */
    public NsqiteBuilder writerListener(WriterListener listener) {
        writerListeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** Adds something around the handling of messages, inside of those that were added before. */
    public NsqiteBuilder interceptor(DeliveryInterceptor interceptor) {
        interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
        return this;
    }

    /**
     * What measures delays; the system unless given. For tests that drive the time: commits of others are noticed when it is driven, and
     * not by signs of the file system, which come in a time of their own. The queue closes it.
     */
    public NsqiteBuilder timer(Timer newTimer) {
        Objects.requireNonNull(newTimer, "timer");
        timers = () -> newTimer;
        bells = file -> WriteBell.none();
        return this;
    }

    /** What to do about the queue's tables; {@link SchemaMode#ALWAYS} unless given. */
    public NsqiteBuilder schemaMode(SchemaMode newSchemaMode) {
        schemaMode = Objects.requireNonNull(newSchemaMode, "schemaMode");
        return this;
    }

    /**
     * What the names of the queue's tables begin with; {@code nsqite_} unless given. With another prefix it is another queue, which may
     * live in the same database.
     *
     * @param newTablePrefix a letter or {@code _}, then up to 30 letters, digits or {@code _}; not {@code sqlite_}; upper case makes no
     *     difference
     * @throws IllegalArgumentException if names can't begin like this
     */
    public NsqiteBuilder tablePrefix(String newTablePrefix) {
        tablePrefix = new TablePrefix(newTablePrefix);
        return this;
    }

    /**
     * Opens the queue: checks or creates its tables, registers this process, and is ready to publish.
     *
     * @throws io.nsqite.sqlite.UnsuitableDatabaseException if the queue can't live in this database
     * @throws io.nsqite.owner.UnusableSideFileException if the queue can't have its file beside the database
     * @throws io.nsqite.schema.SchemaVersionException if its tables are too new for this library
     * @throws io.nsqite.schema.InvalidSchemaException if they are not as they are needed, and the queue is not to create them
     * @throws io.nsqite.schema.SchemaUpgradeException if they must be upgraded, but processes live that could not use them then
     * @throws DatabaseException if the database refuses to be opened or written to
     */
    public Nsqite build() {
        try {
            return open(QueueDatabase.open(
                    dataSource, Schema.ofLibrary(tablePrefix, schemaMode), errorTranslation, writerListeners));
        } catch (SQLException e) {
            throw new DatabaseException("The queue could not be opened", e);
        }
    }

    private Nsqite open(QueueDatabase database) throws SQLException {
        QueueStore store = QueueStore.sqlite(tablePrefix);
        Timer timer = timers.get();
        Ownership ownership = null;
        try {
            ownership = new Ownership(database, store, timer, clock, options.lease());
            TopicSignals signals = new TopicSignals();
            Engine engine = new Engine(
                    database,
                    store,
                    ownership,
                    signals,
                    new Progress(),
                    timer,
                    new EngineClock(clock, timer),
                    handlerThreads,
                    new Hooks(channelListeners, interceptors));
            DefaultConsumers consumers = new DefaultConsumers(engine);
            DefaultProducer producer = new DefaultProducer(
                    database,
                    store,
                    new Announcements(signals, publishListeners),
                    new DefaultProducer.Encoding(payloadEncoder, options.maxPayloadSize()),
                    callerTransaction,
                    clock,
                    consumers::reserve);
            WriteBell bell = bells.apply(database.sqlite().path());
            DefaultNsqite nsqite = new DefaultNsqite(engine, producer, consumers, options, bell);
            nsqite.start();
            return nsqite;
        } catch (SQLException | RuntimeException e) {
            timer.close();
            closeAfter(e, ownership);
            closeAfter(e, database);
            throw e;
        }
    }

    private static void closeAfter(Exception failure, @Nullable AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }
}
