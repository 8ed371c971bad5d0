package io.nsqite.benchmarks.queue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The rate between the first tenth of some messages and the last: without what starting and ending cost. Safe for use by many threads. */
final class Window {

    private final long first;
    private final long last;
    private final long all;
    private final AtomicLong count = new AtomicLong();
    private final CountDownLatch complete = new CountDownLatch(1);
    private volatile long begin;
    private volatile long end;

    Window(int messages) {
        all = messages;
        first = messages / 10;
        last = messages - first;
    }

    /** One more has arrived. */
    void add() {
        long number = count.incrementAndGet();
        if (number == first) {
            begin = System.nanoTime();
        }
        if (number == last) {
            end = System.nanoTime();
        }
        if (number == all) {
            complete.countDown();
        }
    }

    /** Waits until all have arrived. */
    void await() throws InterruptedException {
        if (!complete.await(CoreQueue.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("Only %,d of %,d messages arrived in time".formatted(count(), all));
        }
    }

    /** How many have arrived, also more than were waited for. */
    long count() {
        return count.get();
    }

    /** How many there are between the two. */
    long messages() {
        return last - first;
    }

    /** The time between the two. */
    long nanos() {
        return end - begin;
    }
}
