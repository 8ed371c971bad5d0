package io.nsqite.consumer;

import io.nsqite.store.Clocks;
import io.nsqite.wakeup.EngineClock;
import io.nsqite.wakeup.Timer;

/**
 * The time by which a channel's retries are due. It goes on from where it stood for the last owner, by as much as the wall clock has moved on
 * meanwhile, and never jumps: so delays are kept when the wall clock is set, and nothing that waits has to be written anew. Safe for use by
 * many threads.
 */
final class RetryClock {

    private static final int NANOS_PER_MILLI = 1_000_000;

    private final EngineClock wallClock;
    private final Timer timer;
    private final long startMillis;
    private final long startNanos;

    /** @param last what the clocks showed when that was last written */
    RetryClock(EngineClock wallClock, Timer timer, Clocks last) {
        this.wallClock = wallClock;
        this.timer = timer;
        startMillis = last.retries() + Math.max(0, wallClock.millis() - last.wall());
        startNanos = timer.nanoTime();
    }

    /** In milliseconds; since 1970, as long as the wall clock was never set. */
    long millis() {
        return startMillis + (timer.nanoTime() - startNanos) / NANOS_PER_MILLI;
    }

    /** What it shows, and what the wall clock does. */
    Clocks read() {
        return new Clocks(wallClock.millis(), millis());
    }
}
