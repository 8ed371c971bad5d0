package io.nsqite.bus;

import io.nsqite.message.Names;

/** Which channel of which topic a subscription serves. */
record Place(String topic, String channel) {

    /** @throws IllegalArgumentException if a name is malformed */
    Place {
        Names.topic(topic);
        Names.channel(channel);
    }

    /** As logs name it. */
    @Override
    public String toString() {
        return topic + "." + channel;
    }
}
