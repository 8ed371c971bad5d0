package io.nsqite.maintenance;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long messages are kept. Immutable; start from {@link #defaults()}.
 *
 * <pre>{@code
 * NsqiteOptions.defaults().withRetention(RetentionOptions.defaults().withConsumed(Duration.ofDays(1)))
 * }</pre>
 *
 * <p>The age of a message counts from when it was published, or is to be delivered if that is later. What a channel has not
 * consumed and dead letters are kept however old they are. If several processes use a queue, the shortest of their settings
 * counts.
 *
 * @param consumed how long what every channel of a topic has consumed is kept, for replay and for deduplication; 7 days by
 *     default, zero or more
 * @param unheard how long messages of a topic that never had a channel are kept; more than zero, or null, the default, to
 *     keep them until there is one
 */
public record RetentionOptions(Duration consumed, @Nullable Duration unheard) {

    private static final RetentionOptions DEFAULTS = new RetentionOptions(Duration.ofDays(7), null);
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

    /** @throws IllegalArgumentException if a value is out of its range */
    public RetentionOptions {
        if (consumed.isNegative()) {
            throw new IllegalArgumentException("retention.consumed must be zero or more but was " + consumed);
        }
        if (unheard != null && (unheard.isNegative() || unheard.isZero())) {
            throw new IllegalArgumentException("retention.unheard must be more than zero but was " + unheard);
        }
    }

    /** The values named above. */
    public static RetentionOptions defaults() {
        return DEFAULTS;
    }

    /** A copy that keeps consumed messages for another time. */
    public RetentionOptions withConsumed(Duration newConsumed) {
        return new RetentionOptions(newConsumed, unheard);
    }

    /** A copy that keeps messages of topics without a channel for another time; null for ever. */
    public RetentionOptions withUnheard(@Nullable Duration newUnheard) {
        return new RetentionOptions(consumed, newUnheard);
    }

    /** How often to look for what has become old. */
    Duration interval() {
        Duration shortest = unheard == null || unheard.compareTo(consumed) > 0 ? consumed : unheard;
        Duration tenth = shortest.dividedBy(10);
        if (tenth.compareTo(SHORTEST_INTERVAL) < 0) {
            return SHORTEST_INTERVAL;
        }
        return tenth.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : tenth;
    }
}
