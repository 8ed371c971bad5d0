package io.nsqite.consumer;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Guards what the workers of a channel share, and lets them wait for something to do. */
final class Monitor {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition written = lock.newCondition();
    private int idle;
    private int awaitingWrites;

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /** Waits for a wake-up, or without one; an interrupt does not end the wait, as only stopping ends a worker. */
    @SuppressWarnings("WaitNotInLoop") // the callers loop
    void await() {
        idle++;
        try {
            changed.awaitUninterruptibly();
        } finally {
            idle--;
        }
    }

    /** Waits for a wake-up, or without one, at the most so long; an interrupt does not end the wait. */
    @SuppressWarnings("WaitNotInLoop") // the callers loop
    void awaitNanos(long nanos) {
        boolean interrupted = Thread.interrupted();
        try {
            changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until {@link #wakeAfterWrite} is called, or without that, at the most so long. */
    @SuppressWarnings("WaitNotInLoop") // the callers loop
    void awaitWritten(long nanos) throws InterruptedException {
        awaitingWrites++;
        try {
            written.awaitNanos(nanos);
        } finally {
            awaitingWrites--;
        }
    }

    /** Something was written, or nothing more will be. */
    void wakeAfterWrite() {
        if (awaitingWrites > 0) {
            written.signalAll();
        }
    }

    void wakeOne() {
        if (idle > 0) {
            changed.signal();
        }
    }

    void wakeAll() {
        changed.signalAll();
    }

    /** Runs something without the lock, which the caller holds. */
    void released(Runnable action) {
        lock.unlock();
        try {
            action.run();
        } finally {
            lock.lock();
        }
    }

    /** Asks something with the lock. */
    <T extends @Nullable Object> T asked(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    /** Runs something with the lock. */
    void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }
}
