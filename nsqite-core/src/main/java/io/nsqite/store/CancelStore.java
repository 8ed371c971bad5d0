package io.nsqite.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Taking back messages that no handler has received. */
public interface CancelStore {

    /** A channel whose owner may have read a message of a priority into its memory, and must not hand it out from there. */
    record Holder(long channelId, long ownerId, int priority) {}

    /**
     * Whose consent it takes to cancel a message; empty if it can't be cancelled: there is no such message, or a channel has
     * settled or attempted it, or may have.
     *
     * <p>No consent is needed where an attempt must be written before the message is handed out, which is so if it has a delivery row or
     * is to be delivered after a time: what is written after this transaction finds that the message is gone.
     */
    Optional<List<Holder>> holders(Connection transaction, long messageId) throws SQLException;

    /** Removes a message; its id is not given again, its deduplication key is free. */
    void remove(Connection transaction, long messageId) throws SQLException;
}
