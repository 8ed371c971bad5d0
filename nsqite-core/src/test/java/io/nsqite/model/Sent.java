package io.nsqite.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that was published, or was to be. Its number, unlike its id, is its own even if its transaction rolls back.
 *
 * @param notBefore when it may be handed out at the earliest, in nanoseconds
 */
record Sent(int number, @Nullable String key, int priority, Map<String, String> headers, long notBefore) {

    byte[] payload() {
        return Integer.toString(number).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
