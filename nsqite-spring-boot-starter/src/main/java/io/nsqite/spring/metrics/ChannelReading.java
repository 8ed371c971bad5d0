package io.nsqite.spring.metrics;

import io.nsqite.admin.ChannelStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a channel has before it, at a moment.
 *
 * @param lag messages, dead letters not counted
 * @param dead dead letters
 * @param oldest since when the oldest of those that are due waits; null if none does
 */
record ChannelReading(long lag, long dead, @Nullable Instant oldest) {

    private static final double MILLIS_PER_SECOND = 1000;

    static ChannelReading of(ChannelStatus status) {
        return new ChannelReading(status.lag(), status.dead(), status.oldestWaiting());
    }

    /** How long the oldest has waited, in seconds. */
    double oldestAge(long nowMillis) {
        return oldest == null ? 0 : Math.max(0, nowMillis - oldest.toEpochMilli()) / MILLIS_PER_SECOND;
    }
}
