package io.nsqite.spring.actuate;

import io.nsqite.admin.ChannelStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A channel and what it has before it.
 *
 * @param lag how many messages it has before it: all that follow but dead letters; left out if counting ended before it found one
 * @param exact whether the counts are exact; otherwise there is at least as much
 * @param waiting messages that wait for their first attempt, or are in it; left out if the lag is
 * @param inFlight how many are in the hands of the handlers of this process; left out unless it serves the channel
 * @param retrying messages that failed and wait for, or are in, another attempt
 * @param held messages that wait for an earlier one of their key
 * @param scheduled messages that wait for the time that their publisher has chosen
 * @param dead dead letters
 * @param oldestWaitingSince since when the oldest due message waits; left out if there is none
 * @param oldestWaitingAge how long that is
 * @param deliveriesPerSecond how many attempts this process began a second, over the last minute
 * @param paused whether an operator has paused it, for all processes
 * @param ownerId the process that serves it; left out if nobody does
 * @param consumer what serves it, or stands by for it, in this process; left out if nothing does
 */
public record ChannelDescriptor(
        @Nullable Long lag,
        boolean exact,
        @Nullable Long waiting,
        @Nullable Integer inFlight,
        long retrying,
        long held,
        long scheduled,
        long dead,
        @Nullable Instant oldestWaitingSince,
        @Nullable Duration oldestWaitingAge,
        double deliveriesPerSecond,
        boolean paused,
        @Nullable Long ownerId,
        @Nullable ConsumerDescriptor consumer)
        implements OperationResponseBody {

    static ChannelDescriptor of(ChannelStatus status, @Nullable ConsumerDescriptor consumer, double rate, Instant now) {
        Instant oldest = status.oldestWaiting();
        return new ChannelDescriptor(
                status.isLagKnown() ? status.lag() : null,
                status.exact(),
                status.isLagKnown() ? status.waiting() : null,
                consumer == null ? null : consumer.inFlight(),
                status.retrying(),
                status.held(),
                status.scheduled(),
                status.dead(),
                oldest,
                oldest == null ? null : age(oldest, now),
                rate,
                status.paused(),
                status.ownerId(),
                consumer);
    }

    /** Clocks of processes may differ, but nothing waits for less than no time. */
    private static Duration age(Instant since, Instant now) {
        return since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
    }
}
