package io.nsqite.spring.doubles;

import io.nsqite.message.Delivery;
import io.nsqite.message.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A delivery made by a test.
 *
 * @param answers what was answered, in words
 */
public record TestDelivery(Message message, String channel, int attempt, boolean lastAttempt, List<String> answers)
        implements Delivery {

    public static final Instant PUBLISHED_AT = Instant.parse("2026-01-02T03:04:05.678Z");

    /** Of a text, on channel "mail" of topic "orders". */
    public static TestDelivery of(String payload) {
        return of(payload.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** With headers. */
    public static TestDelivery of(byte[] payload, Map<String, String> headers) {
        Message message = new Message(7, "orders", "customer-1", headers, payload, PUBLISHED_AT, 4);
        return new TestDelivery(message, "mail", 2, false, new ArrayList<>());
    }

    @Override
    public void finish() {
        answers.add("finish");
    }

    @Override
    public void requeue() {
        requeue(Duration.ZERO);
    }

    @Override
    public void requeue(Duration delay) {
        answers.add("requeue after " + delay);
    }

    @Override
    public void touch() {
        answers.add("touch");
    }

    @Override
    public void reject(Throwable reason) {
        answers.add("reject: " + reason.getMessage());
    }
}
