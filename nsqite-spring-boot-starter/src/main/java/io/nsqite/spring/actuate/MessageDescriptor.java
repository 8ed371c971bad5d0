package io.nsqite.spring.actuate;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message.
 *
 * @param payloadSize the size of its payload in bytes
 * @param payload its payload as text, or in Base64 if it is none; left out unless it may be shown
 * @param headers its headers; left out unless its payload may be shown
 */
public record MessageDescriptor(
        long id,
        @Nullable String key,
        int priority,
        Instant publishedAt,
        int payloadSize,
        @Nullable String payload,
        @Nullable Map<String, String> headers) {}
