package io.nsqite.consumer;

import io.nsqite.store.Clocks;
import io.nsqite.wakeup.EngineClock;

/**
 * The time by which a channel's retries are due. It goes on from where it stood for the last owner, by as much as the wall clock has moved on
 * meanwhile, and never jumps: so delays are kept when the wall clock is set, and nothing that waits has to be written anew. Safe for use by
 * many threads.
 */
final class RetryClock {

    private final EngineClock clock;
    private final long ahead;

    /** @param last what the clocks showed when that was last written */
    RetryClock(EngineClock clock, Clocks last) {
        this.clock = clock;
        long steady = clock.steadyMillis();
        long passed = steady + clock.ahead() - last.wall();
        ahead = last.retries() + Math.max(0, passed) - steady;
    }

    /** In milliseconds; since 1970, as long as the wall clock was never set. */
    long millis() {
        return clock.steadyMillis() + ahead;
    }

    /** What it shows, and what the wall clock does. */
    Clocks read() {
        long steady = clock.steadyMillis();
        return new Clocks(steady + clock.ahead(), steady + ahead);
    }
}
