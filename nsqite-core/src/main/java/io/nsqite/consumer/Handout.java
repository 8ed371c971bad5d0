package io.nsqite.consumer;

import io.nsqite.message.Delivery;
import io.nsqite.message.Message;
import io.nsqite.store.DeliveryRow;
import org.jspecify.annotations.Nullable;

/**
 * A message in the hands of a handler.
 *
 * @param row where the attempt is recorded; null for the first of a message that is read from the log
 */
record Handout(
        Entry entry,
        Message message,
        String channel,
        int attempt,
        boolean lastAttempt,
        @Nullable DeliveryRow row) implements Delivery {

    @Override
    public String toString() {
        return "%s.%s: attempt %d of message %d".formatted(message.topic(), channel, attempt, message.id());
    }
}
