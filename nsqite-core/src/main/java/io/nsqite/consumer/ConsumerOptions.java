package io.nsqite.consumer;

import io.nsqite.retry.ExponentialBackoff;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a channel is consumed. Immutable; start from {@link #defaults()}.
 *
 * @param concurrency how many handlers run side by side, and in manual mode how many of their deliveries are open; 1 to 1000
 * @param maxAttempts how often a message is handled before it becomes a dead letter; 0 is without end
 * @param backoff the delay between attempts
 * @param startFrom where the channel starts when it is created
 * @param fatal failures that retrying can't cure: the message becomes a dead letter at once
 * @param batchSize how many messages a {@link BatchHandler} gets at the most; 1 to 10,000
 * @param ackMode when a message counts as handled
 * @param ackLease in manual mode, how long a delivery may stay without an answer or a touch before it comes back;
 *     1 ms to 365 days
 * @param keyOrder whether messages with the same key are handled in their order
 * @param transaction what runs handlers in a transaction together with the acknowledgement; null for none
 * @param failureHandler judges failures; null for none, so that the other settings decide
 */
public record ConsumerOptions(
        int concurrency,
        int maxAttempts,
        ExponentialBackoff backoff,
        StartPosition startFrom,
        Predicate<Throwable> fatal,
        int batchSize,
        AckMode ackMode,
        Duration ackLease,
        KeyOrder keyOrder,
        @Nullable HandlerTransaction transaction,
        @Nullable FailureHandler failureHandler) {

    private static final int MAX_CONCURRENCY = 1000;
    private static final int MAX_BATCH_SIZE = 10_000;
    private static final Duration SHORTEST_LEASE = Duration.ofMillis(1);
    private static final Duration LONGEST_LEASE = Duration.ofDays(365);
    private static final ConsumerOptions DEFAULTS = new ConsumerOptions(
            1,
            10,
            ExponentialBackoff.defaults(),
            StartPosition.DEFAULT,
            failure -> false,
            1,
            AckMode.AUTO,
            Duration.ofMinutes(1),
            KeyOrder.NONE,
            null,
            null);

    /** @throws IllegalArgumentException if a number is out of its range, or two settings exclude each other */
    public ConsumerOptions {
        checkRange("concurrency", concurrency, MAX_CONCURRENCY);
        checkRange("batchSize", batchSize, MAX_BATCH_SIZE);
        if (maxAttempts < 0) {
            throw new IllegalArgumentException(
                    "maxAttempts must be 1 or more, or 0 for attempts without end, but was %d".formatted(maxAttempts));
        }
        Objects.requireNonNull(backoff, "backoff");
        Objects.requireNonNull(startFrom, "startFrom");
        Objects.requireNonNull(fatal, "fatal");
        Objects.requireNonNull(keyOrder, "keyOrder");
        if (ackLease.compareTo(SHORTEST_LEASE) < 0 || ackLease.compareTo(LONGEST_LEASE) > 0) {
            throw new IllegalArgumentException(
                    "ackLease must be 1 ms to %d days but was %s".formatted(LONGEST_LEASE.toDays(), ackLease));
        }
        if (ackMode == AckMode.MANUAL && transaction != null) {
            throw new IllegalArgumentException(
                    "ackMode MANUAL and a transaction exclude each other, as the acknowledgement commits with the transaction: choose one");
        }
        if (keyOrder.isOrdered() && batchSize > 1) {
            throw new IllegalArgumentException(
                    "An ordered channel handles a key's messages one at a time, so batchSize must be 1 but was %d"
                            .formatted(batchSize));
        }
    }

    private static void checkRange(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("%s must be 1 to %d but was %d".formatted(name, most, value));
        }
    }

    /** One message at a time, acknowledged when its handler returns; 10 attempts, 1 s doubling to 5 min. */
    public static ConsumerOptions defaults() {
        return DEFAULTS;
    }

    /** A copy with another number of handlers. */
    public ConsumerOptions withConcurrency(int newConcurrency) {
        return changed(copy -> copy.concurrency = newConcurrency);
    }

    /** A copy with another number of attempts. */
    public ConsumerOptions withMaxAttempts(int newMaxAttempts) {
        return changed(copy -> copy.maxAttempts = newMaxAttempts);
    }

    /** A copy with another delay between attempts. */
    public ConsumerOptions withBackoff(ExponentialBackoff newBackoff) {
        return changed(copy -> copy.backoff = newBackoff);
    }

    /** A copy with another start for a channel that is created. */
    public ConsumerOptions withStartFrom(StartPosition newStartFrom) {
        return changed(copy -> copy.startFrom = newStartFrom);
    }

    /** A copy with another notion of what retrying can't cure. */
    public ConsumerOptions withFatal(Predicate<Throwable> newFatal) {
        return changed(copy -> copy.fatal = newFatal);
    }

    /** A copy with another size of batches. */
    public ConsumerOptions withBatchSize(int newBatchSize) {
        return changed(copy -> copy.batchSize = newBatchSize);
    }

    /** A copy with another way to acknowledge. */
    public ConsumerOptions withAckMode(AckMode newAckMode) {
        return changed(copy -> copy.ackMode = newAckMode);
    }

    /** A copy with another lease of deliveries that are acknowledged by hand. */
    public ConsumerOptions withAckLease(Duration newAckLease) {
        return changed(copy -> copy.ackLease = newAckLease);
    }

    /** A copy with another order of messages with the same key. */
    public ConsumerOptions withKeyOrder(KeyOrder newKeyOrder) {
        return changed(copy -> copy.keyOrder = newKeyOrder);
    }

    /** A copy whose handlers run in a transaction, or don't. */
    public ConsumerOptions withTransaction(@Nullable HandlerTransaction newTransaction) {
        return changed(copy -> copy.transaction = newTransaction);
    }

    /** A copy with something that judges failures, or nothing. */
    public ConsumerOptions withFailureHandler(@Nullable FailureHandler newFailureHandler) {
        return changed(copy -> copy.failureHandler = newFailureHandler);
    }

    private ConsumerOptions changed(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.toOptions();
    }

    /** The same values, one of which is about to change. */
    private static final class Copy {

        private int concurrency;
        private int maxAttempts;
        private ExponentialBackoff backoff;
        private StartPosition startFrom;
        private Predicate<Throwable> fatal;
        private int batchSize;
        private AckMode ackMode;
        private Duration ackLease;
        private KeyOrder keyOrder;
        private @Nullable HandlerTransaction transaction;
        private @Nullable FailureHandler failureHandler;

        Copy(ConsumerOptions original) {
            concurrency = original.concurrency;
            maxAttempts = original.maxAttempts;
            backoff = original.backoff;
            startFrom = original.startFrom;
            fatal = original.fatal;
            batchSize = original.batchSize;
            ackMode = original.ackMode;
            ackLease = original.ackLease;
            keyOrder = original.keyOrder;
            transaction = original.transaction;
            failureHandler = original.failureHandler;
        }

        ConsumerOptions toOptions() {
            return new ConsumerOptions(
                    concurrency,
                    maxAttempts,
                    backoff,
                    startFrom,
                    fatal,
                    batchSize,
                    ackMode,
                    ackLease,
                    keyOrder,
                    transaction,
                    failureHandler);
        }
    }
}
