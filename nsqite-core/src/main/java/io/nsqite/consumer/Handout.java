package io.nsqite.consumer;

import io.nsqite.message.Delivery;
import io.nsqite.message.Message;

/** A message in the hands of a handler. */
record Handout(Entry entry, Message message, String channel, int attempt, boolean lastAttempt) implements Delivery {

    @Override
    public String toString() {
        return "attempt %d of %s on channel '%s'".formatted(attempt, message, channel);
    }
}
