package io.nsqite.model;

import java.time.Instant;
import java.time.InstantSource;

/** A wall clock that nobody sets, so that it can be said to the millisecond when something is due. */
final class SteadyClock implements InstantSource {

    static final SteadyClock INSTANCE = new SteadyClock();

    private final Instant start = InstantSource.system().instant();
    private final long startNanos = System.nanoTime();

    private SteadyClock() {}

    @Override
    public Instant instant() {
        return at(System.nanoTime());
    }

    /** What it shows at a time in nanoseconds. */
    Instant at(long nanos) {
        return start.plusNanos(nanos - startNanos);
    }
}
