package io.nsqite.admin;

import io.nsqite.store.StatusStore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A channel and what it has before it. Every message is counted once: it is waiting, retrying, held, scheduled or dead.
 *
 * @param name topic and channel
 * @param waiting messages not settled and not in another state below, those being handled for the first time included
 * @param retrying messages that failed and wait for, or are in, another attempt
 * @param dead dead letters
 * @param paused whether an operator has paused it
 * @param ownerId the process that serves it, see {@link QueueAdmin#owners()}; null if nobody does. That of a process which died goes
 *     within about a second, that of one which hangs after the lease
 * @param held messages of an ordered channel that wait for an earlier one of their key
 * @param scheduled messages that wait for the time that their publisher has chosen; those that nobody has met yet, as in a channel that is
 *     not served, count as waiting
 * @param oldestWaiting since when the oldest of the messages waits that are due and neither done nor dead: when it was published, or was to
 *     be delivered if that is later, by the publisher's clock; null if there is none
 * @param exact whether the counts are exact. Otherwise there is at least as much, as counting ended at a limit, see
 *     {@link QueueAdmin#channels(long)}
 * @param lagExact whether all counts but that of dead letters are exact
 */
public record ChannelStatus(
        ChannelName name,
        long waiting,
        long retrying,
        long dead,
        boolean paused,
        @Nullable Long ownerId,
        long held,
        long scheduled,
        @Nullable Instant oldestWaiting,
        boolean exact,
        boolean lagExact) {

    static ChannelStatus of(StatusStore.ChannelLine line) {
        return new ChannelStatus(
                new ChannelName(line.topic(), line.channel()),
                line.waiting(),
                line.retrying(),
                line.dead(),
                line.paused(),
                line.ownerId(),
                line.held(),
                line.scheduled(),
                instant(line.oldest()),
                line.exact(),
                line.lagExact());
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    /** How many messages it has before it: all but dead letters. If {@link #isLagKnown()} says no, it is zero and means nothing. */
    public long lag() {
        return waiting + retrying + held + scheduled;
    }

    /** Whether the lag says anything: not if counting ended at a limit before it found a message of this channel. */
    public boolean isLagKnown() {
        return lagExact || lag() > 0;
    }

    /** Whether {@link #oldestWaiting()} says anything: not if counting ended at a limit before it found one that is due. */
    public boolean isOldestKnown() {
        return lagExact || oldestWaiting != null;
    }

    /** Whether nothing is left to do; dead letters don't count. */
    public boolean isDrained() {
        return lagExact && lag() == 0;
    }
}
