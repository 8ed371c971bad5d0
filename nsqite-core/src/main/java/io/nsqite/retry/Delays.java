package io.nsqite.retry;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rule for delays: zero or more, and countable in milliseconds from any time at which programs run. */
public final class Delays {

    private static final Duration LONGEST = Duration.ofDays(365_000);

    private Delays() {}

    /**
     * Returns a delay, checked.
     *
     * @param name what the caller calls it
     * @throws IllegalArgumentException if it is negative or longer than a thousand years
     */
    public static Duration check(String name, @Nullable Duration delay) {
        Objects.requireNonNull(delay, name);
        if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "%s must be zero or more, up to %d days, but was %s".formatted(name, LONGEST.toDays(), delay));
        }
        return delay;
    }
}
