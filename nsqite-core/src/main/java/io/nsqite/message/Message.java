package io.nsqite.message;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as stored in the log.
 *
 * <p>Ids grow in the order of commits and are never reused. The payload is the stored array itself, not a copy: handlers
 * of one process do not share it, but whoever changes it changes what later code of the same handler sees.
 *
 * @param id the position in the log, unique in the database
 * @param topic the topic that it was published to
 * @param key the key given by the publisher, for order per key
 * @param headers the headers given by the publisher, unmodifiable; empty if there are none
 * @param payload the bytes of the payload
 * @param publishedAt when the publisher called, by its clock, in milliseconds
 * @param priority 0 (lowest) to 9, 4 unless the publisher says otherwise
 */
@SuppressWarnings("ArrayRecordComponent") // not copied, for speed
public record Message(
        long id,
        String topic,
        @Nullable String key,
        Map<String, String> headers,
        byte[] payload,
        Instant publishedAt,
        int priority) {

    /** The priority of a message whose publisher names none. */
    public static final int DEFAULT_PRIORITY = 4;

    /** The header that says how the payload is encoded, as in HTTP. */
    public static final String CONTENT_TYPE = "content-type";

    /** Two messages are equal if they have the same id. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Message message && message.id == id;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    @Override
    public String toString() {
        return "message %d of topic '%s' (%d bytes)".formatted(id, topic, payload.length);
    }
}
