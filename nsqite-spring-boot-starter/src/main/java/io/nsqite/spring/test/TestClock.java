package io.nsqite.spring.test;

import io.nsqite.wakeup.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of a queue in a test: it goes on like the system's, and can be moved forward, so that retries and delayed messages
 * become due at once. Safe for use by many threads.
 *
 * <pre>{@code
 * queue.clock().advance(Duration.ofMinutes(5));
 * queue.awaitDrained();
 * }</pre>
 *
 * <p>{@link NsqiteTest} gives it to the application's queue. Without that:
 *
 * <pre>{@code
 * TestClock clock = new TestClock();
 * Nsqite nsqite = Nsqite.builder(dataSource).clock(clock).timer(clock.timer()).build();
 * }</pre>
 */
public final class TestClock implements InstantSource {

    private final Instant start = InstantSource.system().instant();
    private final ShiftedTimer timer = new ShiftedTimer();

    /** Begins with the system's time. */
    public TestClock() {}

    @Override
    public Instant instant() {
        return start.plusNanos(timer.nanoTime());
    }

    /** What the queue measures delays with; it closes it. */
    public Timer timer() {
        return timer;
    }

    /**
     * Moves the time forward, and returns when the queue has taken notice of all that is due by then.
     *
     * @throws IllegalArgumentException if the duration is negative, or the clock would be more than 36,500 days ahead
     */
    public void advance(Duration duration) {
        timer.advance(duration);
    }

    @Override
    public String toString() {
        return "TestClock[" + instant() + "]";
    }
}
