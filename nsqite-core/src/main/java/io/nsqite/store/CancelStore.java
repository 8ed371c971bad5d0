package io.nsqite.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Taking back messages that no handler has received. */
public interface CancelStore {

    /** A channel whose owner may have read a message, and must not hand it out. */
    record Holder(long channelId, long ownerId) {}

    /**
     * Whose consent it takes to cancel a message; empty if it can't be cancelled: there is no such message, or a channel has
     * settled or attempted it, or may have.
     *
     * @param farAfter owners have not read what is due later than this
     */
    Optional<List<Holder>> holders(Connection transaction, long messageId, long farAfter) throws SQLException;

    /** Removes a message; its id is not given again, its deduplication key is free. */
    void remove(Connection transaction, long messageId) throws SQLException;
}
