package io.nsqite.admin;

import io.nsqite.store.StatusStore;
import org.jspecify.annotations.Nullable;

/**
 * A channel and what it has before it.
 *
 * @param name topic and channel
 * @param waiting messages not settled and not in another state below, those being handled for the first time included
 * @param retrying messages that failed and wait for, or are in, another attempt
 * @param dead dead letters
 * @param paused whether an operator has paused it
 * @param ownerId the process that serves it, as in the table of owners; null if nobody does
 */
public record ChannelStatus(
        ChannelName name,
        long waiting,
        long retrying,
        long dead,
        boolean paused,
        @Nullable Long ownerId) {

    static ChannelStatus of(StatusStore.ChannelLine line) {
        return new ChannelStatus(
                new ChannelName(line.topic(), line.channel()),
                line.waiting(),
                line.retrying(),
                line.dead(),
                line.paused(),
                line.ownerId());
    }

    /** Whether nothing is left to do; dead letters don't count. */
    public boolean isDrained() {
        return waiting == 0 && retrying == 0;
    }
}
