package io.nsqite.maintenance;

import io.nsqite.database.QueueDatabase;
import io.nsqite.jdbc.Sql;
import io.nsqite.store.QueueStore;
import io.nsqite.wakeup.Timer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices commits of others: of other processes, and of connections in this one that give no signal. SQLite has no signal
 * between processes, so a counter of its own is looked at, which costs about 3 microseconds and reads no table.
 */
public final class CommitWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CommitWatch.class);
    private static final Sql DATA_VERSION = Sql.of("PRAGMA data_version");

    private final QueueDatabase database;
    private final QueueStore store;
    private final Timer timer;
    private final Supplier<Duration> interval;
    private final CommitListener listener;
    private long version = -1;
    private long newestId = -1;
    private boolean failing;
    private volatile boolean closed;

    /** @param interval how long until the next look */
    public CommitWatch(
            QueueDatabase database,
            QueueStore store,
            Timer timer,
            Supplier<Duration> interval,
            CommitListener listener) {
        this.database = database;
        this.store = store;
        this.timer = timer;
        this.interval = interval;
        this.listener = listener;
    }

    /** What to do when something was committed. Called on the timer's thread; must not block. */
    public interface CommitListener {

        /** Somebody committed something. */
        void committed();

        /** Up to where the log was read at the most. */
        long readUpTo();

        /** The log ends before where it ended once: a backup was restored into the file. */
        void logShrunk(long newestId, long newestIdBefore);

        /** There are fewer topics than before: somebody deleted them, or emptied all tables. */
        void topicsVanished();
    }

    /** Begins to watch. */
    public void start() {
        timer.schedule(interval.get(), this::lookAgain);
    }

    private void lookAgain() {
        if (closed) {
            return;
        }
        try {
            look();
            failing = false;
        } catch (SQLException e) {
            if (!failing && !closed) {
                log.warn("Looking for commits of others failed and goes on", e);
            }
            failing = true;
        } finally {
            timer.schedule(interval.get(), this::lookAgain);
        }
    }

    private void look() throws SQLException {
        long current = database.reader().read(DATA_VERSION::number);
        if (current == version) {
            return;
        }
        lookAtTopics();
        lookAtLog();
        version = current;
        listener.committed();
    }

    private void lookAtTopics() throws SQLException {
        if (database.reader().read((Connection connection) -> store.topics().haveVanished(connection))) {
            listener.topicsVanished();
        }
    }

    private void lookAtLog() throws SQLException {
        long before = Math.max(newestId, listener.readUpTo()); // asked first, as the log goes on
        newestId = database.reader()
                .read((Connection connection) -> store.messages().newestId(connection));
        if (newestId < before) {
            listener.logShrunk(newestId, before);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
