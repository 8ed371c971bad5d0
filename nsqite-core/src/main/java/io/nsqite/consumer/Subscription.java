package io.nsqite.consumer;

import io.nsqite.message.Names;
import java.util.Objects;

/**
 * What to serve and how: a channel of a topic, options, and the handler.
 *
 * @param topic the name of the topic, which is created if there is none
 * @param channel the name of the channel, which is created if there is none
 */
public record Subscription(String topic, String channel, ConsumerOptions options, MessageHandler handler) {

    /** @throws IllegalArgumentException if a name is malformed */
    public Subscription {
        Names.topic(topic);
        Names.channel(channel);
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(handler, "handler");
    }
}
