package io.nsqite.database;

import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread that waits for the end of its operation. To wake it takes longer than to insert its row, so with many callers that is
 * left until the next transaction may begin.
 */
final class Caller<T> implements Completion<T> {

    private final Thread thread = Thread.currentThread();
    private @Nullable T result;
    private @Nullable Throwable failure;
    private volatile boolean ended;

    @Override
    public void completed(@Nullable T newResult, @Nullable Throwable newFailure) {
        result = newResult;
        failure = newFailure;
        ended = true;
    }

    @Override
    public void wake() {
        if (thread != Thread.currentThread()) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Waits for the end.
     *
     * @throws InterruptedException if the thread was interrupted before
     */
    void await() throws InterruptedException {
        while (!ended) {
            LockSupport.park(this);
            if (!ended && Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /** Waits for the end, however often the thread is interrupted. */
    void awaitWithoutInterrupt() {
        boolean interrupted = false;
        while (!ended) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What came out, once it has ended. */
    T outcome() throws SQLException {
        if (result != null) {
            return result;
        }
        if (failure instanceof SQLException sql) {
            throw sql;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure == null) {
            throw new IllegalStateException("The work for the queue's writer must return a value, but returned null");
        }
        throw new SQLException("The queue's writer failed, so this was not written: " + failure, failure);
    }
}
