package io.nsqite.spring.metrics;

import io.micrometer.core.instrument.Clock;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.admin.QueueAdmin;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the channels have before them, looked up when somebody asks, but not more often than once in an interval. Whoever asks while another looks
 * gets what was found before. Safe for use by many threads.
 */
final class ChannelReadings {

    private static final Logger log = LoggerFactory.getLogger(ChannelReadings.class);

    /** So many are counted in some milliseconds; who sees them knows enough. */
    private static final long COUNT_UP_TO = 10_000;

    private final QueueAdmin admin;
    private final Clock clock;
    private final long intervalNanos;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Look last;

    ChannelReadings(QueueAdmin admin, Clock clock, Duration interval) {
        this.admin = admin;
        this.clock = clock;
        intervalNanos = interval.toNanos();
        last = new Look(null, clock.monotonicTime() - intervalNanos);
    }

    private record Look(@Nullable Map<ChannelName, ChannelReading> readings, long at) {}

    /** All channels; null while they can't be read. The same object until somebody has looked again. */
    @Nullable
    Map<ChannelName, ChannelReading> latest() {
        if (isOld(last) && looking.tryLock()) {
            try {
                if (isOld(last)) {
                    last = new Look(look(), clock.monotonicTime());
                }
            } finally {
                looking.unlock();
            }
        }
        return last.readings;
    }

    private boolean isOld(Look look) {
        return clock.monotonicTime() - look.at >= intervalNanos;
    }

    private @Nullable Map<ChannelName, ChannelReading> look() {
        try {
            return admin.channels(COUNT_UP_TO).stream()
                    .collect(Collectors.toMap(ChannelStatus::name, ChannelReading::of));
        } catch (RuntimeException e) { // whatever the errors of the database are translated to
            log.debug("The channels can't be read for the metrics now", e);
            return null;
        }
    }
}
