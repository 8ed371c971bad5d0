package io.nsqite.message;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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
    private final PublishingOptions options;

    private NewMessage(
            String topic,
            Object payload,
            @Nullable String key,
            Map<String, String> headers,
            PublishingOptions options) {
        this.topic = topic;
        this.payload = payload;
        this.key = key;
        this.headers = headers;
        this.options = options;
    }

    /**
     * A message with a payload for a topic.
     *
     * @param topic the name of the topic, which need not exist yet
     * @param payload {@code byte[]} and {@code String} (UTF-8) as they are, anything else as the producer's encoder says
     * @throws IllegalArgumentException if the name is malformed, or the payload null or itself a {@code NewMessage}
     */
    public static NewMessage to(String topic, Object payload) {
        return new NewMessage(
                Names.topic(topic), checkPayload(topic, payload), null, Map.of(), PublishingOptions.DEFAULTS);
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
     * @throws IllegalArgumentException if it is empty, or has half of a surrogate pair, which can't be stored
     */
    public NewMessage withKey(String key) {
        if (Objects.requireNonNull(key, "key").isEmpty()) {
            throw new IllegalArgumentException(
                    "The key of a message for topic '%s' is empty; leave it out or give it a character"
                            .formatted(topic));
        }
        if (hasHalfPair(key)) {
            throw new IllegalArgumentException(
                    "The key of a message for topic '%s' must be without half of a surrogate pair, but was '%s'"
                            .formatted(topic, key));
        }
        return new NewMessage(topic, payload, key, headers, options);
    }

    /** By hand, as every message with a key asks. */
    private static boolean hasHalfPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return !StandardCharsets.UTF_8.newEncoder().canEncode(text);
            }
        }
        return false;
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
        return new NewMessage(topic, payload, key, Map.copyOf(all), options);
    }

    private String checkHeader(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "A header of a message for topic '%s' has no name; give it one of a character or more"
                            .formatted(topic));
        }
        return name;
    }

    /**
     * To be delivered after a delay, which counts from the call of {@code publish}; zero is at once. Takes the place of an earlier
     * {@link #withDeliverAt}. Parts of a millisecond are rounded up. What is stored is the time by the wall clock at which it ends: if that
     * clock is set meanwhile, the delay becomes longer or shorter.
     *
     * @throws IllegalArgumentException if it is negative, or too long to be counted in milliseconds
     */
    public NewMessage withDelay(Duration delay) {
        return with(options.withDelay(Objects.requireNonNull(delay, "delay")));
    }

    /**
     * To be delivered at a time of the wall clock; at once if that has passed. Takes the place of an earlier {@link #withDelay}.
     * Parts of a millisecond are rounded up.
     *
     * @throws IllegalArgumentException if it is too far away to be counted in milliseconds
     */
    public NewMessage withDeliverAt(Instant deliverAt) {
        return with(options.withDeliverAt(Objects.requireNonNull(deliverAt, "deliverAt")));
    }

    /**
     * With a priority, as in JMS: from 0, the lowest, to 9; {@link Message#DEFAULT_PRIORITY} unless given.
     *
     * @throws IllegalArgumentException if it is out of this range
     */
    public NewMessage withPriority(int priority) {
        return with(options.withPriority(priority));
    }

    /**
     * With a key by which it is stored only once: while a message with the same topic and deduplication key is kept, publishing
     * stores nothing and returns that message's id, whatever else the two differ in. A consumed message is kept for the retention
     * time, and its key with it. Keys are compared character by character.
     *
     * @param deduplicationKey 1 to 255 characters
     * @throws IllegalArgumentException if it is empty, longer, or no text that UTF-8 can hold
     */
    public NewMessage withDeduplicationKey(String deduplicationKey) {
        return with(options.withDeduplicationKey(Objects.requireNonNull(deduplicationKey, "deduplicationKey")));
    }

    private NewMessage with(PublishingOptions newOptions) {
        return new NewMessage(topic, payload, key, headers, newOptions);
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

    /** How long to wait before it is delivered, if it was given a delay. */
    public @Nullable Duration delay() {
        return options.delay();
    }

    /** When to deliver it, if it was given a time. */
    public @Nullable Instant deliverAt() {
        return options.deliverAt();
    }

    /** The priority, from 0 to 9. */
    public int priority() {
        return options.priority();
    }

    /** The deduplication key, if it has one. */
    public @Nullable String deduplicationKey() {
        return options.deduplicationKey();
    }

    @Override
    public String toString() {
        return "NewMessage[topic=%s, key=%s, headers=%s, payload=%s]"
                .formatted(topic, key, headers.keySet(), payload.getClass().getName());
    }
}
