package io.nsqite.wakeup;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts what was noticed to have changed, for those who wait for a state. Safe for use by many threads.
 */
public final class Progress {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private long count;

    /** Something changed. */
    public void advance() {
        lock.lock();
        try {
            count++;
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How often something changed; ask before you look at the state. */
    public long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the count is greater; false if that does not happen in time, or on an interrupt. */
    public boolean awaitAfter(long seen, long nanos) {
        long left = nanos;
        lock.lock();
        try {
            while (count <= seen && left > 0) {
                left = advanced.awaitNanos(left);
            }
            return count > seen;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
