package io.nsqite.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message about to be appended to the log.
 *
 * @param publishedAt milliseconds since 1970
 * @param deliverAt when to deliver it, in milliseconds since 1970; null for at once
 * @param deduplicationKey unique among the kept messages of the topic; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // not copied, for speed
public record NewRow(
        long topicId,
        int priority,
        long publishedAt,
        @Nullable String key,
        Map<String, String> headers,
        byte[] payload,
        @Nullable Long deliverAt,
        @Nullable String deduplicationKey) {

    /** One to be delivered at once, without a deduplication key. */
    public NewRow(
            long topicId,
            int priority,
            long publishedAt,
            @Nullable String key,
            Map<String, String> headers,
            byte[] payload) {
        this(topicId, priority, publishedAt, key, headers, payload, null, null);
    }
}
