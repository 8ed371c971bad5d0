package io.nsqite.admin;

import io.nsqite.message.Names;

/** A channel of a topic. */
public record ChannelName(String topic, String channel) {

    /** @throws IllegalArgumentException if a name is malformed */
    public ChannelName {
        Names.topic(topic);
        Names.channel(channel);
    }

    @Override
    public String toString() {
        return topic + "." + channel;
    }
}
