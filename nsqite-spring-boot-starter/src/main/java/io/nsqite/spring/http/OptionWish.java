package io.nsqite.spring.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of the options of a subscriber.
 *
 * @param maxAttempts null if it says nothing
 * @param visibilityDuration null if it says nothing
 */
record OptionWish(@Nullable Integer maxAttempts, @Nullable Duration visibilityDuration) {

    /** Nothing is said. */
    static final OptionWish NONE = new OptionWish(null, null);

    /** Those in an object, which has no others. */
    static OptionWish of(@Nullable Fields said) {
        if (said == null) {
            return NONE;
        }
        OptionWish wish = read(said);
        said.end();
        return wish;
    }

    /** Those in an object, whatever else it has. */
    static OptionWish read(Fields said) {
        return new OptionWish(
                said.number("max_attempts", 0, SubscriberOptions.MOST_ATTEMPTS),
                said.duration("visibility_duration", DurationRange.VISIBILITY));
    }

    /** Where it says nothing, what was said before stays. */
    OptionWish over(OptionWish before) {
        return new OptionWish(
                maxAttempts == null ? before.maxAttempts : maxAttempts,
                visibilityDuration == null ? before.visibilityDuration : visibilityDuration);
    }

    /** Where it says nothing, the options stay. */
    SubscriberOptions over(SubscriberOptions before) {
        return new SubscriberOptions(
                maxAttempts == null ? before.maxAttempts() : maxAttempts,
                visibilityDuration == null ? before.visibilityDuration() : visibilityDuration);
    }
}
