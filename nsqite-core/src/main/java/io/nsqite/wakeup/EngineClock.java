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

    private final InstantSource wallClock;
    private final Timer timer;
    private volatile Base base;
    private long wallBefore;

    private record Base(long millis, long nanos) {}

    /** Starts with the wall clock's time. */
    public EngineClock(InstantSource wallClock, Timer timer) {
        this.wallClock = wallClock;
        this.timer = timer;
        wallBefore = wallClock.millis();
        base = new Base(wallBefore, timer.nanoTime());
    }

    /** Milliseconds since 1970, as far as the wall clock was right when it was last followed. */
    public long millis() {
        return millis(timer.nanoTime());
    }

    private long millis(long nanos) {
        Base current = base;
        return current.millis + (nanos - current.nanos) / 1_000_000;
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
        long nanos = timer.nanoTime();
        long jump = wall - millis(nanos);
        boolean wentBack = wall < wallBefore && jump <= -TOLERANCE;
        wallBefore = wall;
        if (!wentBack && jump < TOLERANCE) {
            return Duration.ZERO;
        }
        base = new Base(wall, nanos);
        return Duration.ofMillis(jump);
    }
}
