package io.nsqite.consumer;

import io.nsqite.message.Delivery;
import io.nsqite.message.Message;
import io.nsqite.store.DeliveryRow;
import java.time.Duration;
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
    public void finish() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void requeue() {
        requeue(Duration.ZERO);
    }

    @Override
    public void requeue(Duration delay) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void touch() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void reject(Throwable reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String toString() {
        return "%s.%s: attempt %d of message %d".formatted(message.topic(), channel, attempt, message.id());
    }
}
