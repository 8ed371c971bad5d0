package io.nsqite.consumer;

import io.nsqite.retry.ExponentialBackoff;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * How a channel is consumed. Immutable; start from {@link #defaults()}.
 *
 * @param concurrency how many handlers run side by side; 1 to 1000
 * @param maxAttempts how often a message is handled before it becomes a dead letter; 0 is without end
 * @param backoff the delay between attempts
 * @param startFrom where the channel starts when it is created
 * @param fatal failures that retrying can't cure: the message becomes a dead letter at once
 */
public record ConsumerOptions(
        int concurrency,
        int maxAttempts,
        ExponentialBackoff backoff,
        StartPosition startFrom,
        Predicate<Throwable> fatal) {

    private static final int MAX_CONCURRENCY = 1000;
    private static final ConsumerOptions DEFAULTS =
            new ConsumerOptions(1, 10, ExponentialBackoff.defaults(), StartPosition.DEFAULT, failure -> false);

    /** @throws IllegalArgumentException if a number is out of its range */
    public ConsumerOptions {
        if (concurrency < 1 || concurrency > MAX_CONCURRENCY) {
            throw new IllegalArgumentException(
                    "concurrency must be 1 to %d but was %d".formatted(MAX_CONCURRENCY, concurrency));
        }
        if (maxAttempts < 0) {
            throw new IllegalArgumentException(
                    "maxAttempts must be 1 or more, or 0 for attempts without end, but was %d".formatted(maxAttempts));
        }
        Objects.requireNonNull(backoff, "backoff");
        Objects.requireNonNull(startFrom, "startFrom");
        Objects.requireNonNull(fatal, "fatal");
    }

    /** One handler at a time, 10 attempts, 1 s doubling to 5 min. */
    public static ConsumerOptions defaults() {
        return DEFAULTS;
    }

    /** A copy with another number of handlers. */
    public ConsumerOptions withConcurrency(int newConcurrency) {
        return new ConsumerOptions(newConcurrency, maxAttempts, backoff, startFrom, fatal);
    }

    /** A copy with another number of attempts. */
    public ConsumerOptions withMaxAttempts(int newMaxAttempts) {
        return new ConsumerOptions(concurrency, newMaxAttempts, backoff, startFrom, fatal);
    }

    /** A copy with another delay between attempts. */
    public ConsumerOptions withBackoff(ExponentialBackoff newBackoff) {
        return new ConsumerOptions(concurrency, maxAttempts, newBackoff, startFrom, fatal);
    }

    /** A copy with another start for a channel that is created. */
    public ConsumerOptions withStartFrom(StartPosition newStartFrom) {
        return new ConsumerOptions(concurrency, maxAttempts, backoff, newStartFrom, fatal);
    }

    /** A copy with another notion of what retrying can't cure. */
    public ConsumerOptions withFatal(Predicate<Throwable> newFatal) {
        return new ConsumerOptions(concurrency, maxAttempts, backoff, startFrom, newFatal);
    }
}
