package io.nsqite.spring.doubles;

import io.nsqite.message.Delivery;
import io.nsqite.message.Message;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** A delivery made by a test. */
public record TestDelivery(Message message, String channel, int attempt, boolean lastAttempt) implements Delivery {

    public static final Instant PUBLISHED_AT = Instant.parse("2026-01-02T03:04:05.678Z");

    /** Of a text, on channel "mail" of topic "orders". */
    public static TestDelivery of(String payload) {
        return of(payload.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** With headers. */
    public static TestDelivery of(byte[] payload, Map<String, String> headers) {
        Message message = new Message(7, "orders", "customer-1", headers, payload, PUBLISHED_AT, 4);
        return new TestDelivery(message, "mail", 2, false);
    }
}
