package io.nsqite.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How long one execution may wait, for the permit and for other processes together. The clock starts with the first
 * wait, so an execution that need not wait never asks for the time.
 */
final class Patience {

    private static final int SQLITE_BUSY = 5;
    private static final long FIRST_PAUSE = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    private final Duration limit;
    private boolean started;
    private long end;
    private long pause = FIRST_PAUSE;

    Patience(Duration limit) {
        this.limit = limit;
    }

    Duration limit() {
        return limit;
    }

    long remainingNanos() {
        long now = System.nanoTime();
        if (!started) {
            started = true;
            end = now + limit.toNanos();
        }
        return end - now;
    }

    /** Runs it again and again while SQLite is busy with others, until it succeeds or the time is over. */
    <T> T whileBusy(Execution<T> execution) throws SQLException {
        while (true) {
            try {
                return execution.run();
            } catch (SQLException e) {
                if (!isCurableByWaiting(e)) {
                    throw e;
                }
                pauseAfter(e);
            }
        }
    }

    /** BUSY may also mean that this very connection stands in its own way, and then waiting is in vain. */
    private static boolean isCurableByWaiting(SQLException e) {
        return isBusy(e)
                && !isStaleSnapshot(e)
                && !String.valueOf(e.getMessage()).contains("statements in progress");
    }

    static boolean isBusy(SQLException e) {
        return e.getErrorCode() == SQLITE_BUSY;
    }

    static boolean isStaleSnapshot(SQLException e) {
        return isBusy(e) && String.valueOf(e.getMessage()).contains("SQLITE_BUSY_SNAPSHOT");
    }

    private void pauseAfter(SQLException busy) throws SQLException {
        long remaining = remainingNanos();
        if (remaining <= 0) {
            throw busy;
        }
        LockSupport.parkNanos(this, Math.min(remaining, pause));
        pause = Math.min(2 * pause, LONGEST_PAUSE);
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(busy);
        }
    }

    /** For a thread whose interrupt flag is set, and stays so. */
    static WaitCancelledException interrupted(@Nullable SQLException cause) {
        return new WaitCancelledException(
                "The thread was interrupted while it waited for other users of the database to finish; nothing was executed",
                cause);
    }
}
