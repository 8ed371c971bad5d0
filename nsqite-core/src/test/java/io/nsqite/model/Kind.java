package io.nsqite.model;

import io.nsqite.consumer.AckMode;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.KeyOrder;
import io.nsqite.retry.ExponentialBackoff;
import java.time.Duration;

/** The channels of a run: each consumes in another way. */
enum Kind {
    PLAIN(1, 1, KeyOrder.NONE, Acknowledgement.RETURN),
    PARALLEL(4, 1, KeyOrder.NONE, Acknowledgement.RETURN),
    ORDERED(3, 1, KeyOrder.SKIP_DEAD, Acknowledgement.RETURN),
    HOLDING(3, 1, KeyOrder.HOLD_BEHIND_DEAD, Acknowledgement.RETURN),
    MANUAL(2, 1, KeyOrder.NONE, Acknowledgement.ANSWER),
    ORDERED_MANUAL(2, 1, KeyOrder.SKIP_DEAD, Acknowledgement.ANSWER),
    BATCH(1, 5, KeyOrder.NONE, Acknowledgement.RETURN),
    PARALLEL_BATCH(2, 4, KeyOrder.NONE, Acknowledgement.RETURN),
    TRANSACTIONAL(2, 1, KeyOrder.NONE, Acknowledgement.COMMIT),
    ORDERED_TRANSACTIONAL(3, 1, KeyOrder.SKIP_DEAD, Acknowledgement.COMMIT),
    BATCH_TRANSACTIONAL(1, 4, KeyOrder.NONE, Acknowledgement.COMMIT),
    PULLED(1, 1, KeyOrder.NONE, Acknowledgement.ANSWER),
    ORDERED_PULLED(1, 1, KeyOrder.SKIP_DEAD, Acknowledgement.ANSWER);

    static final int MAX_ATTEMPTS = 4;
    static final Duration BACKOFF = Duration.ofMillis(2);
    static final Duration LEASE = Duration.ofSeconds(1);

    private final int concurrency;
    private final int batchSize;
    private final KeyOrder keyOrder;
    private final Acknowledgement acknowledgement;

    enum Acknowledgement {
        RETURN,
        ANSWER,
        COMMIT
    }

    Kind(int concurrency, int batchSize, KeyOrder keyOrder, Acknowledgement acknowledgement) {
        this.concurrency = concurrency;
        this.batchSize = batchSize;
        this.keyOrder = keyOrder;
        this.acknowledgement = acknowledgement;
    }

    String channel() {
        return name();
    }

    /** Whether its messages are received by hand; these kinds come last. */
    boolean isPulled() {
        return this == PULLED || this == ORDERED_PULLED;
    }

    boolean isOrdered() {
        return keyOrder != KeyOrder.NONE;
    }

    boolean holdsBehindDead() {
        return keyOrder == KeyOrder.HOLD_BEHIND_DEAD;
    }

    /** Whether messages are begun one at a time, by priority and in the order of publishing. */
    boolean isBatch() {
        return batchSize > 1;
    }

    Acknowledgement acknowledgement() {
        return acknowledgement;
    }

    ConsumerOptions options() {
        return ConsumerOptions.defaults()
                .withConcurrency(concurrency)
                .withBatchSize(batchSize)
                .withKeyOrder(keyOrder)
                .withAckMode(acknowledgement == Acknowledgement.ANSWER ? AckMode.MANUAL : AckMode.AUTO)
                .withAckLease(LEASE)
                .withMaxAttempts(MAX_ATTEMPTS)
                .withFatal(failure -> failure instanceof Refusal refusal && refusal.isFinal())
                .withBackoff(new ExponentialBackoff(BACKOFF, 2, Duration.ofMillis(20), 0));
    }
}
