package io.nsqite.maintenance;

import io.nsqite.database.QueueDatabase;
import io.nsqite.jdbc.Sql;
import io.nsqite.store.QueueStore;
import io.nsqite.wakeup.Timer;
import io.nsqite.wakeup.WriteBell;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices commits of others: of other processes, and of connections in this one that give no signal. SQLite has no signal
 * between processes, so a counter of its own is looked at, which costs about 3 microseconds and reads no table. A thread that wakes up
 * hundreds of times a second for that costs more than the look, so while nothing happens it waits for a sign that something was written,
 * where the system gives any.
 */
public final class CommitWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CommitWatch.class);
    private static final Sql DATA_VERSION = Sql.of("PRAGMA data_version");

    private final QueueDatabase database;
    private final QueueStore store;
    private final Timer timer;
    private final Pace pace;
    private final CommitListener listener;
    private Timer.Scheduled next = () -> {};
    private long version = -1;
    private long newestId = -1;
    private boolean failing;
    private volatile boolean closed;

    /**
     * Closes the bell when it is closed.
     *
     * @param rhythm when to look
     */
    public CommitWatch(QueueDatabase database, QueueStore store, Timer timer, Rhythm rhythm, CommitListener listener) {
        this.database = database;
        this.store = store;
        this.timer = timer;
        this.listener = listener;
        pace = new Pace(timer, rhythm.bell(), rhythm.interval(), this::ring);
    }

    /**
     * When to look.
     *
     * @param interval how long until the next look, while something happens or the bell can't be armed
     * @param bell rings when something is written
     */
    public record Rhythm(Supplier<Duration> interval, WriteBell bell) {}

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
        waitForNext();
    }

    private void waitForNext() {
        next = timer.schedule(pace.untilNextLook(), this::lookAgain);
    }

    private void ring() {
        timer.schedule(Duration.ZERO, this::rung);
    }

    private void rung() {
        next.cancel();
        pace.rung();
        lookAgain();
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
            waitForNext();
        }
    }

    private void look() throws SQLException {
        long current = database.watch().read(DATA_VERSION::number);
        if (current == version) {
            return;
        }
        pace.found();
        lookAtTopics();
        lookAtLog();
        version = current;
        listener.committed();
    }

    private void lookAtTopics() throws SQLException {
        if (database.watch().read((Connection connection) -> store.topics().haveVanished(connection))) {
            listener.topicsVanished();
        }
    }

    private void lookAtLog() throws SQLException {
        long before = Math.max(newestId, listener.readUpTo()); // asked first, as the log goes on
        newestId = database.watch()
                .read((Connection connection) -> store.messages().newestId(connection));
        if (newestId < before) {
            listener.logShrunk(newestId, before);
        }
    }

    @Override
    public void close() {
        closed = true;
        pace.close();
    }
}
