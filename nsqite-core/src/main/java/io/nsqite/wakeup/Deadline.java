package io.nsqite.wakeup;

import java.time.Duration;

/** By when a wait ends, on the clock of {@link System#nanoTime()}. */
public final class Deadline {

    /** Some 146 years, which is for ever: the difference of any two times on this clock can still be told. */
    private static final long LONGEST_NANOS = Long.MAX_VALUE / 2;

    private static final Duration LONGEST = Duration.ofNanos(LONGEST_NANOS);

    private Deadline() {}

    /** So long from now; at once for a negative limit, and never for one beyond a lifetime. */
    public static long after(Duration limit) {
        return System.nanoTime() + nanos(limit);
    }

    private static long nanos(Duration limit) {
        if (limit.isNegative()) {
            return 0;
        }
        return limit.compareTo(LONGEST) > 0 ? LONGEST_NANOS : limit.toNanos();
    }
}
