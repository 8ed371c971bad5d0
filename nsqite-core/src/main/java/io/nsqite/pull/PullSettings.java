package io.nsqite.pull;

import io.nsqite.consumer.AckMode;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.Demand;
import io.nsqite.consumer.Engine;
import io.nsqite.consumer.Subscription;
import java.util.concurrent.Executor;

/**
 * What is pulled, and how.
 *
 * @param endings runs what ends those who get nothing
 */
record PullSettings(Engine engine, Executor endings, String topic, String channel, ConsumerOptions options) {

    /** @throws IllegalArgumentException if there is a transaction to handle messages in */
    PullSettings {
        if (options.transaction() != null) {
            throw new IllegalArgumentException(
                    "%s.%s can't be pulled with a transaction, as messages leave the queue without a handler; finish them by their receipts"
                            .formatted(topic, channel));
        }
    }

    Subscription subscription(Demand demand) {
        ConsumerOptions manual = options.withConcurrency(1).withBatchSize(1).withAckMode(AckMode.MANUAL);
        return new Subscription(topic, channel, manual, demand);
    }

    /** For errors. */
    String name() {
        return topic + "." + channel;
    }
}
