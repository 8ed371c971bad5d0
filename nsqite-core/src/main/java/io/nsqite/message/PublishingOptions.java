package io.nsqite.message;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
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
    private static final long ALMOST_A_MILLISECOND = 999_999;

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
        try {
            millis(duration);
            return true;
        } catch (ArithmeticException tooLarge) {
            return false;
        }
    }

    private static boolean fits(Instant instant) {
        try {
            millis(instant);
            return true;
        } catch (ArithmeticException | DateTimeException tooFar) {
            return false;
        }
    }

    /**
     * When to deliver a message that is published now, in milliseconds since 1970; null for at once. Parts of a millisecond are
     * rounded up, so that nothing comes too early.
     */
    @Nullable
    Long dueAt(long now) {
        if (deliverAt != null) {
            return millis(deliverAt);
        }
        if (delay == null || delay.isZero()) {
            return null;
        }
        try {
            return Math.addExact(now, millis(delay));
        } catch (ArithmeticException tooLate) {
            throw refused("delay", "short enough to end at a time that can be counted in milliseconds", delay);
        }
    }

    private static long millis(Duration duration) {
        return duration.plusNanos(ALMOST_A_MILLISECOND).toMillis();
    }

    private static long millis(Instant instant) {
        return instant.plusNanos(ALMOST_A_MILLISECOND).toEpochMilli();
    }

    private static IllegalArgumentException refused(String name, String rule, Object value) {
        return new IllegalArgumentException("The %s of a message must be %s, but was %s".formatted(name, rule, value));
    }
}
