package io.nsqite.consumer;

import io.nsqite.wakeup.TopicReader;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Wakes those who wait for something to read in a log, and knows who serves it now, if anybody. Safe for use by many threads. */
final class LogSignal implements TopicReader {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition given = lock.newCondition();
    private long signals;
    private @Nullable LogTenure tenure;

    /** The channel is served from now on. */
    void begin(LogTenure newTenure) {
        change(newTenure);
    }

    /** It is served no more, unless somebody else began meanwhile. */
    void end(LogTenure oldTenure) {
        lock.lock();
        try {
            change(tenure == oldTenure ? null : tenure);
        } finally {
            lock.unlock();
        }
    }

    private void change(@Nullable LogTenure now) {
        lock.lock();
        try {
            tenure = now;
            signals++;
            given.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Optional<LogTenure> tenure() {
        lock.lock();
        try {
            return Optional.ofNullable(tenure);
        } finally {
            lock.unlock();
        }
    }

    /** There may be something to read. */
    void give() {
        lock.lock();
        try {
            signals++;
            given.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void committed() {
        give();
    }

    @Override
    public void committedWithPriority() {
        give();
    }

    /** How many were given so far; to be asked before a look. */
    long count() {
        lock.lock();
        try {
            return signals;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until more were given than a number. */
    void await(long seen, long deadlineNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = deadlineNanos - System.nanoTime();
            while (signals == seen && left > 0) {
                left = given.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
