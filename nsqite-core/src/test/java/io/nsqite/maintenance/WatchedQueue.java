package io.nsqite.maintenance;

import io.nsqite.ManualTimer;
import io.nsqite.QueueFile;
import io.nsqite.database.QueueDatabase;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.schema.Schema;
import io.nsqite.schema.SchemaMode;
import io.nsqite.store.QueueStore;
import io.nsqite.wakeup.WriteBell;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A database whose commits are watched, in a time that the test drives. Each look at an interval is a step of it. */
final class WatchedQueue implements CommitWatch.CommitListener, AutoCloseable {

    static final Duration INTERVAL = Duration.ofMillis(5);

    private final QueueFile file;
    private final QueueDatabase database;
    private final ManualTimer timer = new ManualTimer();
    private final CommitWatch watch;
    private final AtomicInteger commits = new AtomicInteger();

    WatchedQueue(Path folder, Function<Path, WriteBell> bells) throws SQLException {
        file = new QueueFile(folder);
        file.execute("CREATE TABLE business (id INTEGER PRIMARY KEY, text TEXT)");
        database = QueueDatabase.open(file.dataSource(), Schema.ofLibrary(TablePrefix.DEFAULT, SchemaMode.ALWAYS));
        CommitWatch.Rhythm rhythm = new CommitWatch.Rhythm(
                () -> INTERVAL, bells.apply(database.sqlite().path()));
        watch = new CommitWatch(database, QueueStore.sqlite(TablePrefix.DEFAULT), timer, rhythm, this);
        watch.start();
        pass(INTERVAL); // the first look, which finds what there is
    }

    @Override
    public void committed() {
        commits.incrementAndGet();
    }

    @Override
    public long readUpTo() {
        return 0;
    }

    @Override
    public void logShrunk(long newestId, long newestIdBefore) {
        throw new AssertionError("The log has not shrunk");
    }

    @Override
    public void topicsVanished() {
        throw new AssertionError("No topics have vanished");
    }

    QueueFile file() {
        return file;
    }

    /** Somebody commits something, through a connection of which the queue knows nothing. */
    void commit() throws SQLException {
        file.execute("INSERT INTO business (text) VALUES ('x')");
    }

    void pass(Duration time) {
        timer.advance(time);
    }

    /** Until the bell is armed, if it can be, and relied on. */
    void passQuietTime() {
        pass(Pace.QUIET.plus(INTERVAL).plus(INTERVAL));
    }

    /** How often commits were found. */
    int found() {
        return commits.get();
    }

    void stopWatching() {
        watch.close();
    }

    @Override
    public void close() throws SQLException {
        watch.close();
        database.close();
    }
}
