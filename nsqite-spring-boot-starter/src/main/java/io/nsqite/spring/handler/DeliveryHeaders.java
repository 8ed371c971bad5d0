package io.nsqite.spring.handler;

import io.nsqite.message.Delivery;
import io.nsqite.message.Message;
import io.nsqite.spring.NsqiteHeaders;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.MessageHeaders;

/** The headers of a delivery: the publisher's, and what the queue knows. */
final class DeliveryHeaders extends MessageHeaders {

    private static final long serialVersionUID = 1L;
    private static final long NO_TIMESTAMP = -1;

    private final transient Delivery delivery;

    DeliveryHeaders(Delivery delivery) {
        super(Map.of(), ID_VALUE_NONE, NO_TIMESTAMP);
        this.delivery = delivery;
        // past the constructor, which would drop a publisher's "id" and "timestamp"
        getRawHeaders().putAll(of(delivery));
    }

    private static Map<String, Object> of(Delivery delivery) {
        Message message = delivery.message();
        Map<String, Object> headers = new HashMap<>(message.headers());
        headers.put(NsqiteHeaders.TOPIC, message.topic());
        headers.put(NsqiteHeaders.CHANNEL, delivery.channel());
        headers.put(NsqiteHeaders.ID, message.id());
        headers.put(NsqiteHeaders.ATTEMPT, delivery.attempt());
        headers.put(NsqiteHeaders.PUBLISHED_AT, message.publishedAt());
        headers.put(NsqiteHeaders.PRIORITY, message.priority());
        headers.put(NsqiteHeaders.DELIVERY, delivery);
        if (message.key() != null) {
            headers.put(NsqiteHeaders.KEY, message.key());
        }
        return headers;
    }

    /** None: messages have a number, not a UUID; and a publisher's own header of that name is a string. */
    @Override
    public @Nullable UUID getId() {
        return null;
    }

    /** When the message was published, in milliseconds. */
    @Override
    public @Nullable Long getTimestamp() {
        return delivery.message().publishedAt().toEpochMilli();
    }

    /** What it was made of. */
    static Delivery delivery(MessageHeaders headers) {
        return ((DeliveryHeaders) headers).delivery;
    }
}
