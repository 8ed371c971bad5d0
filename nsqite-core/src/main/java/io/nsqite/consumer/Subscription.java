package io.nsqite.consumer;

import io.nsqite.message.Names;
import java.util.Objects;

/**
 * What to serve and how: a channel of a topic, options, and the handler, which is a {@link BatchHandler} if it takes several messages at once.
 *
 * @param topic the name of the topic, which is created if there is none
 * @param channel the name of the channel, which is created if there is none
 */
public record Subscription(String topic, String channel, ConsumerOptions options, MessageHandler handler) {

    /** @throws IllegalArgumentException if a name is malformed, or batches are wanted of a handler that takes single messages */
    public Subscription {
        Names.topic(topic);
        Names.channel(channel);
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(handler, "handler");
        if (options.batchSize() > 1 && !(handler instanceof BatchHandler)) {
            throw new IllegalArgumentException(
                    "The channel '%s' of topic '%s' has batchSize %d, but its handler takes one message at a time: give a BatchHandler, or leave batchSize at 1"
                            .formatted(channel, topic, options.batchSize()));
        }
    }
}
