package io.nsqite.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What an operator changes. Every change of a channel raises its change counter, by which the owner, in whatever process,
 * notices it and loads the channel again. What concerns many rows goes in steps, each of which leaves a valid state.
 */
public interface OperatorStore {

    /**
     * What of a channel's topic can be rewound to.
     *
     * @param oldest a position before the oldest message that is kept
     * @param furthest the furthest position of which anything is settled or has a row
     */
    record Reach(long oldest, long furthest) {}

    /**
     * What a step of purging did.
     *
     * @param dropped how many messages it dropped
     * @param isComplete whether nothing is left to drop
     */
    record Purged(long dropped, boolean isComplete) {}

    /** A dead letter. */
    record DeadKey(long channelId, String channel, long messageId) {}

    /** The id of a channel that there is and that was not deleted. */
    Optional<Long> find(Connection connection, String topic, String channel) throws SQLException;

    /** What somebody keeps with a channel; empty if there is no such channel, or nothing. */
    Optional<String> note(Connection connection, String topic, String channel) throws SQLException;

    /** Keeps something with a channel, in place of what was there. Nothing of the queue changes by it. */
    void setNote(Connection transaction, long channelId, String note) throws SQLException;

    /** Nothing is handed out any more. */
    void pause(Connection transaction, long channelId) throws SQLException;

    /** It goes on. */
    void resume(Connection transaction, long channelId) throws SQLException;

    /** Up to where a channel can be rewound. */
    Reach reach(Connection connection, long channelId) throws SQLException;

    /** Whether there is a message of the channel's topic after one position and not after another. */
    boolean hasMessages(Connection connection, long channelId, long after, long upTo) throws SQLException;

    /** The first message, of whatever topic, that was published at a time or later; {@link Long#MAX_VALUE} if none was. */
    long firstPublishedSince(Connection connection, long millis) throws SQLException;

    /**
     * Moves a channel back to a position, so that everything after it comes again except what is dead or running; or as far back
     * towards it as deleting this number of rows of each kind allows.
     *
     * @return the position that it is at now, for all priorities that were beyond
     */
    long rewind(Connection transaction, long channelId, long position, int maxRows) throws SQLException;

    /**
     * Drops everything up to a position that is neither dead nor running, at most this number of messages of each priority and
     * of those that have a row.
     */
    Purged purge(Connection transaction, long channelId, long upTo, int maxMessages) throws SQLException;

    /** Marks a channel as deleted: its name is free and nobody can settle or take it. */
    void delete(Connection transaction, long channelId) throws SQLException;

    /** The channels that are marked as deleted. */
    List<Long> deleted(Connection connection) throws SQLException;

    /** Deletes rows of marked channels, at most this number; false if none are left but the marks. */
    boolean sweep(Connection transaction, int maxRows) throws SQLException;

    /** Removes marks, when nobody can be serving these channels any more. */
    void forget(Connection transaction, Collection<Long> channelIds) throws SQLException;

    /** Which dead letters, by message id, then channel. */
    List<DeadKey> dead(Connection connection, StatusStore.DeadFilter filter, StatusStore.DeadPage page)
            throws SQLException;

    /** Makes dead letters due at once, with no attempt counted; how many were dead. */
    int replay(Connection transaction, Collection<DeadKey> letters) throws SQLException;

    /** Settles a dead letter; false if it is none. */
    boolean discard(Connection transaction, DeadKey letter) throws SQLException;
}
