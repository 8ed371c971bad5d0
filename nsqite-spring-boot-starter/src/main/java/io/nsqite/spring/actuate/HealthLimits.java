package io.nsqite.spring.actuate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What of a channel is worth a warning.
 *
 * @param maxLag more messages before it than this; null for no limit
 * @param maxAge a due message that has waited for longer than this; null for no limit
 * @param maxDeadLetters more dead letters than this; null for no limit
 */
public record HealthLimits(
        @Nullable Long maxLag,
        @Nullable Duration maxAge,
        @Nullable Long maxDeadLetters) {

    /** These, and where they say nothing the other ones. */
    HealthLimits orElse(HealthLimits other) {
        return new HealthLimits(
                maxLag == null ? other.maxLag : maxLag,
                maxAge == null ? other.maxAge : maxAge,
                maxDeadLetters == null ? other.maxDeadLetters : maxDeadLetters);
    }

    /** How far to count to know whether one is passed. */
    long countUpTo() {
        long greatest = Math.max(maxLag == null ? 0 : maxLag, maxDeadLetters == null ? 0 : maxDeadLetters);
        return greatest == Long.MAX_VALUE ? greatest : greatest + 1;
    }
}
