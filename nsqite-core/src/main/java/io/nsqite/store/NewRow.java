package io.nsqite.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message about to be appended to the log.
 *
 * @param publishedAt milliseconds since 1970
 */
@SuppressWarnings("ArrayRecordComponent") // not copied, for speed
public record NewRow(
        long topicId,
        int priority,
        long publishedAt,
        @Nullable String key,
        Map<String, String> headers,
        byte[] payload) {}
