package io.nsqite.message;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a publisher may ask for beyond the payload; checked here, so that a bad value is never stored. */
record PublishingOptions(
        int priority,
        @Nullable Duration delay,
        @Nullable Instant deliverAt,
        @Nullable String deduplicationKey) {

    static final PublishingOptions DEFAULTS = new PublishingOptions(Message.DEFAULT_PRIORITY, null, null, null);

    private static final int HIGHEST_PRIORITY = 9;
    private static final int LONGEST_DEDUPLICATION_KEY = 255;
    private static final Duration LONGEST_DELAY = Duration.ofMillis(Long.MAX_VALUE);
    private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    PublishingOptions withPriority(int newPriority) {
        if (newPriority < 0 || newPriority > HIGHEST_PRIORITY) {
            throw refused("priority", "0 (lowest) to 9", newPriority);
        }
        return new PublishingOptions(newPriority, delay, deliverAt, deduplicationKey);
    }

    PublishingOptions withDelay(Duration newDelay) {
        if (newDelay.isNegative() || !fits(newDelay)) {
            throw refused("delay", "zero or more, and small enough to be counted in milliseconds", newDelay);
        }
        return new PublishingOptions(priority, newDelay, null, deduplicationKey);
    }

    PublishingOptions withDeliverAt(Instant newDeliverAt) {
        if (!fits(newDeliverAt)) {
            throw refused("deliverAt", "an instant that can be counted in milliseconds since 1970", newDeliverAt);
        }
        return new PublishingOptions(priority, null, newDeliverAt, deduplicationKey);
    }

    PublishingOptions withDeduplicationKey(String key) {
        if (key.isEmpty() || key.length() > LONGEST_DEDUPLICATION_KEY) {
            throw refused(
                    "deduplicationKey",
                    "1 to %d characters".formatted(LONGEST_DEDUPLICATION_KEY),
                    "'%s' with %d".formatted(key, key.length()));
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
            throw refused("deduplicationKey", "without half of a surrogate pair", "'" + key + "'");
        }
        return new PublishingOptions(priority, delay, deliverAt, key);
    }

    private static boolean fits(Duration duration) {
        return duration.compareTo(LONGEST_DELAY) <= 0;
    }

    private static boolean fits(Instant instant) {
        return !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST);
    }

    private static IllegalArgumentException refused(String name, String rule, Object value) {
        return new IllegalArgumentException("The %s of a message must be %s, but was %s".formatted(name, rule, value));
    }
}
