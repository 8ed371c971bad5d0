package io.nsqite.wakeup;

import java.time.Duration;
import java.time.InstantSource;

/**
 * The time that due times are measured by: the wall clock's, moved on by a clock that never jumps. So one look at it is never
 * surprised by a wall clock that was set meanwhile; that is followed at defined moments only, see {@link #follow}.
 *
 * <p>Safe for use by many threads.
 */
public final class EngineClock {

    /** What it may differ from the wall clock, in milliseconds; more than a busy machine makes out of nothing. */
    private static final long TOLERANCE = 200;

    private static final int NANOS_PER_MILLI = 1_000_000;

    private final InstantSource wallClock;
    private final Timer timer;
    private final long startMillis;
    private final long startNanos;
    private volatile long ahead;
    private long wallBefore;

    /** Starts with the wall clock's time. */
    public EngineClock(InstantSource wallClock, Timer timer) {
        this.wallClock = wallClock;
        this.timer = timer;
        startMillis = wallClock.millis();
        startNanos = timer.nanoTime();
        wallBefore = startMillis;
    }

    /** Milliseconds since 1970, as far as the wall clock was right when it was last followed. */
    public long millis() {
        return steadyMillis() + ahead;
    }

    /** Milliseconds that never jump; how far {@link #millis} is ahead of them is told by {@link #ahead}. */
    public long steadyMillis() {
        return startMillis + (timer.nanoTime() - startNanos) / NANOS_PER_MILLI;
    }

    /** By how much this clock has jumped so far, in milliseconds. */
    public long ahead() {
        return ahead;
    }

    /**
     * Follows the wall clock if that has gone back, or ahead of this one. One that only goes slower, or stands, has not jumped: that happens in
     * tests which drive the time. So what it is set back by, within the time between two calls, is followed with the next jump. To be called
     * by one thread.
     *
     * @return by how much this clock jumped, which is nothing as a rule
     */
    public Duration follow() {
        long wall = wallClock.millis();
        long newAhead = wall - steadyMillis();
        long jump = newAhead - ahead;
        boolean wentBack = wall < wallBefore && jump <= -TOLERANCE;
        wallBefore = wall;
        if (!wentBack && jump < TOLERANCE) {
            return Duration.ZERO;
        }
        ahead = newAhead;
        return Duration.ofMillis(jump);
    }
}
