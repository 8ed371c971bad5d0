package io.nsqite.wakeup;

import java.time.InstantSource;

/**
 * The time that retries are measured by: the wall clock as it was at the start, moved on by a clock that never jumps. So a
 * wall clock that is set meanwhile neither delays a retry nor brings it forward.
 */
public final class EngineClock {

    private final Timer timer;
    private final long startMillis;
    private final long startNanos;

    /** Starts with the wall clock's time. */
    public EngineClock(InstantSource wallClock, Timer timer) {
        this.timer = timer;
        startMillis = wallClock.millis();
        startNanos = timer.nanoTime();
    }

    /** Milliseconds since 1970, as far as the wall clock was right at the start. */
    public long millis() {
        return startMillis + (timer.nanoTime() - startNanos) / 1_000_000;
    }
}
