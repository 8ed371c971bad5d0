package io.nsqite.spring.listener;

import io.nsqite.retry.ExponentialBackoff;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a failed message waits, as far as one place says so; null is for other places to say.
 *
 * @param delay the delay after the first failure
 * @param multiplier the factor from one delay to the next
 * @param maxDelay the longest delay, before jitter
 * @param jitter how far a delay may be off to either side, as a share of it
 */
public record BackoffSettings(
        @Nullable Duration delay,
        @Nullable Double multiplier,
        @Nullable Duration maxDelay,
        @Nullable Double jitter) {

    /** Where nothing is said. */
    public static final BackoffSettings NONE = new BackoffSettings(null, null, null, null);

    /** These, and where they say nothing others. */
    public BackoffSettings orElse(BackoffSettings others) {
        return new BackoffSettings(
                delay == null ? others.delay : delay,
                multiplier == null ? others.multiplier : multiplier,
                maxDelay == null ? others.maxDelay : maxDelay,
                jitter == null ? others.jitter : jitter);
    }

    /** These on top of another backoff. */
    public ExponentialBackoff on(ExponentialBackoff base) {
        return new ExponentialBackoff(
                delay == null ? base.delay() : delay,
                multiplier == null ? base.multiplier() : multiplier,
                maxDelay == null ? base.maxDelay() : maxDelay,
                jitter == null ? base.jitter() : jitter);
    }
}
