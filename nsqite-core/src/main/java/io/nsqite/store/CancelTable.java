package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code nsqite_message}, and what channels know of a message. */
final class CancelTable implements CancelStore {

    /** As an owner's id, what a missing one is read as. */
    private static final long NOBODY = 0;

    private static final Sql MESSAGE = Sql.of("SELECT 1 FROM nsqite_message WHERE id = ? AND topic_id <> 0");

    private static final Sql CHANNELS = Sql.of("""
            SELECT c.id, c.owner_id, m.priority, c.unclean,
              CASE WHEN d.state IS NULL
                THEN m.id <= k.done_to
                  OR EXISTS (SELECT 1 FROM nsqite_done f WHERE f.channel_id = c.id AND f.message_id = m.id)
                ELSE d.state IN ('running', 'dead') OR d.attempts > 0 OR d.failed_at IS NOT NULL END,
              d.state IS NOT NULL OR m.deliver_at IS NOT NULL
            FROM nsqite_message m
            JOIN nsqite_channel c ON c.topic_id = m.topic_id AND c.deleted = 0
            JOIN nsqite_cursor k ON k.channel_id = c.id AND k.priority = m.priority
            LEFT JOIN nsqite_delivery d ON d.channel_id = c.id AND d.message_id = m.id
            WHERE m.id = ?""");

    /** Messages of its key may wait behind it, which owners find out when they load the channel again. */
    private static final Sql CHANGE_CHANNELS = Sql.of("""
            UPDATE nsqite_channel SET changes = changes + 1
            WHERE owner_id IS NOT NULL AND topic_id = (SELECT topic_id FROM nsqite_message WHERE id = ?1)
              AND EXISTS (SELECT 1 FROM nsqite_delivery d
                WHERE d.channel_id = nsqite_channel.id AND d.message_id = ?1 AND d.state IN ('due', 'scheduled')
                  AND d.message_key IS NOT NULL)""");

    private static final Sql REMOVE_ROWS = Sql.of("""
            DELETE FROM nsqite_delivery
            WHERE message_id = ?1 AND channel_id IN (
              SELECT c.id FROM nsqite_channel c JOIN nsqite_message m ON m.topic_id = c.topic_id WHERE m.id = ?1)""");

    private static final Sql REMOVE = Sql.of("DELETE FROM nsqite_message WHERE id = ?");

    /**
     * What one channel knows of the message.
     *
     * @param unclean whether an earlier owner may have had it in hand
     * @param received whether a handler has received it
     * @param writtenFirst whether an attempt must be written before it is handed out
     */
    private record Standing(Holder holder, boolean unclean, boolean received, boolean writtenFirst) {

        static Standing of(ResultSet row) throws SQLException {
            Holder holder = new Holder(row.getLong(1), row.getLong(2), row.getInt(3));
            return new Standing(holder, row.getBoolean(4), row.getBoolean(5), row.getBoolean(6));
        }

        boolean isServed() {
            return holder.ownerId() != NOBODY;
        }
    }

    @Override
    public Optional<List<Holder>> holders(Connection transaction, long messageId) throws SQLException {
        if (!MESSAGE.exists(transaction, messageId)) {
            return Optional.empty();
        }
        List<Holder> holders = new ArrayList<>();
        for (Standing standing : CHANNELS.list(transaction, Standing::of, messageId)) {
            if (standing.received() || (standing.unclean() && !standing.writtenFirst())) {
                return Optional.empty();
            }
            if (standing.isServed() && !standing.writtenFirst()) {
                holders.add(standing.holder());
            }
        }
        return Optional.of(holders);
    }

    @Override
    public void remove(Connection transaction, long messageId) throws SQLException {
        CHANGE_CHANNELS.update(transaction, messageId);
        REMOVE_ROWS.update(transaction, messageId);
        REMOVE.update(transaction, messageId);
    }
}
