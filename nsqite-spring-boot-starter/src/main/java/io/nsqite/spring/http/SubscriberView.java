package io.nsqite.spring.http;

import io.nsqite.admin.ChannelStatus;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber as a client sees it.
 *
 * @param name its name
 * @param waiting messages before their first end, those in flight included
 * @param servedBy "here", "elsewhere" (by another process) or "nobody"
 * @param inFlight messages that are received and not answered; null if it is served elsewhere, as only that process knows
 * @param retrying messages that failed and wait for, or are in, another attempt
 * @param held messages that wait for an earlier one of their key
 * @param scheduled messages that wait for their time
 * @param dead dead letters
 * @param paused whether an operator has paused it
 * @param exact whether the counts are exact; otherwise there is at least as much
 * @param option how it consumes when it is served through HTTP by this process
 */
record SubscriberView(
        String name,
        String servedBy,
        long waiting,
        @Nullable Integer inFlight,
        long retrying,
        long held,
        long scheduled,
        long dead,
        boolean paused,
        boolean exact,
        SubscriberOptions option) {

    static SubscriberView of(ChannelStatus status, ServedBy served, SubscriberOptions option) {
        return new SubscriberView(
                status.name().channel(),
                served.who(),
                status.waiting(),
                served.inFlight(),
                status.retrying(),
                status.held(),
                status.scheduled(),
                status.dead(),
                status.paused(),
                status.exact(),
                option);
    }
}
