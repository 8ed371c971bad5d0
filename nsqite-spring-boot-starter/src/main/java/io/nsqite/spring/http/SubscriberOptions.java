package io.nsqite.spring.http;

import io.nsqite.consumer.ConsumerOptions;
import java.time.Duration;

/**
 * How a subscriber consumes.
 *
 * @param maxAttempts how often a message is received before it becomes a dead letter; 0 is without end
 * @param visibilityDuration how long a message may stay without an answer before it comes again; 100 ms to 12 hours
 */
public record SubscriberOptions(int maxAttempts, Duration visibilityDuration) {

    static final int MOST_ATTEMPTS = 1_000_000;

    /** @throws IllegalArgumentException if a value is out of its range */
    public SubscriberOptions {
        if (maxAttempts < 0 || maxAttempts > MOST_ATTEMPTS) {
            throw new IllegalArgumentException("max-attempts must be 1 to %d, or 0 for attempts without end, but was %d"
                    .formatted(MOST_ATTEMPTS, maxAttempts));
        }
        DurationRange range = DurationRange.VISIBILITY;
        if (visibilityDuration.compareTo(range.least()) < 0 || visibilityDuration.compareTo(range.most()) > 0) {
            throw new IllegalArgumentException("visibility-duration must be %s to %s but was %s"
                    .formatted(range.least(), range.most(), visibilityDuration));
        }
    }

    ConsumerOptions toConsumerOptions() {
        return ConsumerOptions.defaults().withMaxAttempts(maxAttempts);
    }
}
