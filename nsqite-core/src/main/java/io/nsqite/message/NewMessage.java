package io.nsqite.message;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message to publish. Immutable; each {@code with} method returns a changed copy.
 *
 * <pre>{@code
 * producer.publishTx(NewMessage.to("orders", event).withKey("42").withHeader("tenant", "a"));
 * }</pre>
 */
public final class NewMessage {

    private final String topic;
    private final Object payload;
    private final @Nullable String key;
    private final Map<String, String> headers;

    private NewMessage(String topic, Object payload, @Nullable String key, Map<String, String> headers) {
        this.topic = topic;
        this.payload = payload;
        this.key = key;
        this.headers = headers;
    }

    /**
     * A message with a payload for a topic.
     *
     * @param topic the name of the topic, which need not exist yet
     * @param payload {@code byte[]} and {@code String} (UTF-8) as they are, anything else as the producer's encoder says
     * @throws IllegalArgumentException if the name is malformed, or the payload null or itself a {@code NewMessage}
     */
    public static NewMessage to(String topic, Object payload) {
        return new NewMessage(Names.topic(topic), checkPayload(topic, payload), null, Map.of());
    }

    private static Object checkPayload(String topic, @Nullable Object payload) {
        if (payload == null) {
            throw new IllegalArgumentException(
                    "The payload of a message for topic '%s' is null; publish a value, for example an empty byte[]"
                            .formatted(topic));
        }
        if (payload instanceof NewMessage) {
            throw new IllegalArgumentException(
                    "The payload of a message for topic '%s' is itself a NewMessage; call publish(NewMessage) instead"
                            .formatted(topic));
        }
        return payload;
    }

    /**
     * With a key, for order per key.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public NewMessage withKey(String key) {
        if (Objects.requireNonNull(key, "key").isEmpty()) {
            throw new IllegalArgumentException(
                    "The key of a message for topic '%s' is empty; leave it out or give it a character"
                            .formatted(topic));
        }
        return new NewMessage(topic, payload, key, headers);
    }

    /** With one header more, or another value for it. */
    public NewMessage withHeader(String name, String value) {
        return withHeaders(Map.of(name, value));
    }

    /**
     * With these headers more, or other values for them.
     *
     * @throws IllegalArgumentException if a name is empty
     */
    public NewMessage withHeaders(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        more.forEach((name, value) -> all.put(checkHeader(name), Objects.requireNonNull(value, name)));
        return new NewMessage(topic, payload, key, Map.copyOf(all));
    }

    private String checkHeader(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A header of a message for topic '%s' has no name".formatted(topic));
        }
        return name;
    }

    /** The topic that it is for. */
    public String topic() {
        return topic;
    }

    /** What to send, not yet encoded. */
    public Object payload() {
        return payload;
    }

    /** The key, if it has one. */
    public @Nullable String key() {
        return key;
    }

    /** The headers, unmodifiable. */
    public Map<String, String> headers() {
        return headers;
    }

    @Override
    public String toString() {
        return "NewMessage[topic=%s, key=%s, headers=%s, payload=%s]"
                .formatted(topic, key, headers.keySet(), payload.getClass().getName());
    }
}
