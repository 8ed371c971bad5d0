package io.nsqite.spring.actuate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What of a channel is worth a warning.
 *
 * @param maxLag more messages before it than this, 0 to {@value #GREATEST}; null for no limit
 * @param maxAge a due message that has waited for longer than this, 0 or more; null for no limit
 * @param maxDeadLetters more dead letters than this, 0 to {@value #GREATEST}; null for no limit
 */
public record HealthLimits(
        @Nullable Long maxLag,
        @Nullable Duration maxAge,
        @Nullable Long maxDeadLetters) {

    /** So far is counted at the most: each check counts anew, and has to be quick. */
    public static final long GREATEST = 100_000;

    /** The oldest is among the first; this many, as some of those may be for later. */
    private static final long COUNT_FOR_AGE = 1_000;

    /** @throws IllegalArgumentException if a limit is out of its range */
    public HealthLimits {
        requireCountable("max-lag", maxLag);
        requireCountable("max-dead-letters", maxDeadLetters);
        if (maxAge != null && maxAge.isNegative()) {
            throw new IllegalArgumentException("max-age must be 0 or more, but was " + maxAge);
        }
    }

    private static void requireCountable(String name, @Nullable Long limit) {
        if (limit != null && (limit < 0 || limit > GREATEST)) {
            throw new IllegalArgumentException(
                    "%s must be from 0 to %d, as so far is counted, but was %d".formatted(name, GREATEST, limit));
        }
    }

    /** These, and where they say nothing the other ones. */
    HealthLimits orElse(HealthLimits other) {
        return new HealthLimits(
                maxLag == null ? other.maxLag : maxLag,
                maxAge == null ? other.maxAge : maxAge,
                maxDeadLetters == null ? other.maxDeadLetters : maxDeadLetters);
    }

    /** Whether nothing has a limit. */
    boolean areNone() {
        return maxLag == null && maxAge == null && maxDeadLetters == null;
    }

    /** How far to count to know whether one is passed. */
    long countUpTo() {
        long counted = Math.max(maxLag == null ? 0 : maxLag, maxDeadLetters == null ? 0 : maxDeadLetters) + 1;
        return maxAge == null ? counted : Math.max(counted, COUNT_FOR_AGE);
    }
}
