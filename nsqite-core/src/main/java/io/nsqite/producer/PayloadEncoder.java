package io.nsqite.producer;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Turns a payload into the bytes to store. Must be safe for use by many threads.
 *
 * @see #plain()
 */
@FunctionalInterface
public interface PayloadEncoder {

    /**
     * Encodes a payload.
     *
     * @throws IllegalArgumentException if it can't be encoded; the message says why and what to do
     */
    Encoded encode(Object payload);

    /**
     * What to store.
     *
     * @param bytes the payload
     * @param contentType value of the content-type header, unless the message brings one of its own; null for none
     */
    @SuppressWarnings("ArrayRecordComponent") // not copied, for speed
    record Encoded(byte[] bytes, @Nullable String contentType) {}

    /** Takes {@code byte[]} as it is and {@code String} as UTF-8, and refuses everything else. */
    static PayloadEncoder plain() {
        return payload -> {
            if (payload instanceof byte[] bytes) {
                return new Encoded(bytes, null); // nothing to say about them, and a header costs
            }
            if (payload instanceof String text) {
                return new Encoded(text.getBytes(StandardCharsets.UTF_8), "text/plain;charset=UTF-8");
            }
            throw new IllegalArgumentException(
                    "A payload must be byte[] or String, but was %s; encode it first, or give the builder a PayloadEncoder"
                            .formatted(payload.getClass().getName()));
        };
    }
}
