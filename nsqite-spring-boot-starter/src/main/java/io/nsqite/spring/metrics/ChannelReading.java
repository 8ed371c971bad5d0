package io.nsqite.spring.metrics;

import io.nsqite.admin.ChannelStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a channel has before it, at a moment.
 *
 * @param lag messages, dead letters not counted
 * @param dead dead letters
 * @param oldest since when the oldest waits; null if none does, or it is not known
 */
record ChannelReading(long lag, long dead, @Nullable Instant oldest) {

    static ChannelReading of(ChannelStatus status) {
        return new ChannelReading(status.waiting() + status.retrying(), status.dead(), null);
    }

    /** In seconds; not a number if it is not known. */
    double oldestAge(long nowMillis) {
        if (oldest == null) {
            return lag == 0 ? 0 : Double.NaN;
        }
        return Math.max(0, nowMillis - oldest.toEpochMilli()) / 1000.0;
    }
}
