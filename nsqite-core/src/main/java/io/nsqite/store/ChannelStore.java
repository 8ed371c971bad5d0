package io.nsqite.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Channels: who serves them, how far they are, and their exceptions. Methods that take a {@link Claim} write nothing
 * unless it is valid.
 */
public interface ChannelStore {

    /** How many priorities there are, from 0. */
    int PRIORITIES = 10;

    /** Where a new channel starts. */
    enum Start {
        /** At the beginning if the topic never had a channel before this call, else at the end. */
        DEFAULT,
        /** At the beginning. */
        EARLIEST,
        /** At the end. */
        LATEST
    }

    /** A channel that there should be. */
    record NewChannel(String topic, String channel, Start start) {}

    /**
     * A channel just taken.
     *
     * @param unclean whether messages may have been in the hands of an owner that did not end in order
     * @param inHand then, how many at the most of every priority
     */
    record Taken(Claim claim, boolean unclean, int inHand) {}

    /**
     * What an owner looks at from time to time.
     *
     * @param claimed the channel's id
     */
    record Notice(long claimed, long epoch, long changes) {}

    /** Creates the channels that don't exist, and returns the ids of all in their order. */
    List<Long> create(Connection transaction, Collection<NewChannel> channels) throws SQLException;

    /** Takes a channel that nobody serves; empty if somebody does, or if there is no such channel. */
    Optional<Taken> take(Connection transaction, long channelId, long ownerId, int inHand) throws SQLException;

    /** Whether nobody serves a channel, which need not exist. */
    boolean isFree(Connection connection, String topic, String channel) throws SQLException;

    /**
     * Gives a channel back; nothing happens if it is lost.
     *
     * @param unsettled how many messages are still in hand, which the next owner must suspect
     */
    void release(Connection transaction, Claim claim, int unsettled) throws SQLException;

    /** Whether the claim is valid. */
    Fence fence(Connection connection, Claim claim) throws SQLException;

    /** Says that everything which an earlier owner may have had in hand is settled. */
    Fence clean(Connection transaction, Claim claim) throws SQLException;

    /** Loads a channel, and removes done rows that its cursors have passed. */
    ChannelContents load(Connection transaction, Claim claim) throws SQLException;

    /** Where the cursors stand, by priority; empty unless the claim is valid and no operator has changed anything. */
    Optional<long[]> cursors(Connection connection, Claim claim) throws SQLException;

    /** The channels of an owner, to notice what operators changed. */
    List<Notice> notices(Connection connection, long ownerId) throws SQLException;

    /** Settles. Unless {@link Fence#OURS} is returned nothing was written. */
    Fence settle(Connection transaction, Claim claim, Settlement settlement) throws SQLException;

    /**
     * What came of beginning attempts.
     *
     * @param written the rows that were written; without those of messages that were cancelled or acknowledged meanwhile
     */
    record Started(Fence fence, List<DeliveryRow> written) {}

    /**
     * Records that attempts begin, and what becomes of other rows looked at with them.
     *
     * @param gone messages whose rows go
     */
    Started start(Connection transaction, Claim claim, List<DeliveryRow> rows, List<Long> gone) throws SQLException;

    /**
     * Takes attempts back, and has messages that were held looked at again, of which it is not known whether that was recorded. Nothing
     * comes back that an operator has deleted meanwhile.
     *
     * @param rows as they were before, or as they should be instead of held
     */
    Fence takeBack(Connection transaction, Claim claim, List<DeliveryRow> rows) throws SQLException;

    /** Deliveries whose time has come: the highest priority first, and within one what waits longest. */
    List<DeliveryRow> due(Connection connection, Claim claim, Clocks now, int limit) throws SQLException;

    /** The same for channels where priorities don't matter: what waits longest first. */
    List<DeliveryRow> dueByTime(Connection connection, Claim claim, Clocks now, int limit) throws SQLException;

    /** When the next delivery after now is due, by the clock of retries, if one waits. */
    Optional<Long> nextDue(Connection connection, Claim claim, Clocks now) throws SQLException;

    /**
     * What the clocks of a channel showed when that was last written, by {@link #setClocks} or with the time of a retry; zero if never. As the
     * clock of retries never goes back behind that, each of them is due after its delay from now at the latest.
     */
    Clocks clocks(Connection connection, Claim claim) throws SQLException;

    /** Remembers for the next owner what the clocks show. */
    Fence setClocks(Connection transaction, Claim claim, Clocks now) throws SQLException;

    /** Cursors that are beyond the end of the log, as after a restored backup, go back to it; how many were. */
    int moveBackCursors(Connection transaction, long newestId) throws SQLException;
}
