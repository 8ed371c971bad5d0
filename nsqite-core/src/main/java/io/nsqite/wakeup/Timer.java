package io.nsqite.wakeup;

import java.time.Duration;

/**
 * Runs short tasks later, by a clock that never jumps. The tasks must not block. A seam: tests drive a timer of their own.
 */
public interface Timer extends AutoCloseable {

    /** Nanoseconds of a clock that only goes forward; meaningful as differences. */
    long nanoTime();

    /** Runs a task once after a delay. */
    Scheduled schedule(Duration delay, Runnable task);

    /** Ends it; tasks that wait are dropped. */
    @Override
    void close();

    /** A task that waits. */
    interface Scheduled {

        /** Drops it, unless it has begun. */
        void cancel();
    }
}
