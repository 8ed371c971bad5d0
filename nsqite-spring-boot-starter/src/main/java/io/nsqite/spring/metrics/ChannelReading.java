package io.nsqite.spring.metrics;

import io.nsqite.admin.ChannelStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a channel has before it, at a moment.
 *
 * @param lag messages, dead letters not counted; not a number if that is not known
 * @param dead dead letters
 * @param oldest since when the oldest of those that are due waits; null if none does
 * @param oldestKnown whether that is known
 */
record ChannelReading(double lag, double dead, @Nullable Instant oldest, boolean oldestKnown) {

    private static final double MILLIS_PER_SECOND = 1000;

    static ChannelReading of(ChannelStatus status) {
        return new ChannelReading(
                status.isLagKnown() ? status.lag() : Double.NaN,
                status.dead(),
                status.oldestWaiting(),
                status.isOldestKnown());
    }

    /** How long the oldest has waited, in seconds; not a number if that is not known. */
    double oldestAge(long nowMillis) {
        if (!oldestKnown) {
            return Double.NaN;
        }
        return oldest == null ? 0 : Math.max(0, nowMillis - oldest.toEpochMilli()) / MILLIS_PER_SECOND;
    }
}
