package io.nsqite.admin;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts commits that were noticed, for those who wait for something to change. Safe for use by many threads. */
public final class Progress {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private long count;

    /** A commit was noticed. */
    public void advance() {
        lock.lock();
        try {
            count++;
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the count is greater; false if that does not happen in time, or on an interrupt. */
    boolean awaitAfter(long seen, long nanos) {
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
