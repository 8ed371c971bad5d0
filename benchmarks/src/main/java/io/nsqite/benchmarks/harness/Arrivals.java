package io.nsqite.benchmarks.harness;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the messages that reach their handler. Safe for use by many threads. */
public final class Arrivals {

    private final AtomicLong count = new AtomicLong();
    private final CountDownLatch complete = new CountDownLatch(1);
    private final long awaited;

    /** @param awaited with so many it is complete */
    public Arrivals(long awaited) {
        this.awaited = awaited;
    }

    /** Of a number that nobody knows yet. */
    public static Arrivals counted() {
        return new Arrivals(Long.MAX_VALUE);
    }

    /** One more has arrived. */
    public void add() {
        add(1);
    }

    /** So many more have arrived. */
    public void add(int messages) {
        if (count.addAndGet(messages) >= awaited) {
            complete.countDown();
        }
    }

    /** How many have arrived. */
    public long count() {
        return count.get();
    }

    /**
     * Waits for all.
     *
     * @throws WrongCountException if they don't come in time
     */
    public void await(Duration limit) throws InterruptedException {
        if (!complete.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new WrongCountException(
                    "Only %,d of %,d messages arrived within %s".formatted(count(), awaited, limit));
        }
    }

    /** Checks that as many have arrived, and each once. */
    public void verify(long expected) {
        WrongCountException.check("Arrived messages", expected, count());
    }
}
