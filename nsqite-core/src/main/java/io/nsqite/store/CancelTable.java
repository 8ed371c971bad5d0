package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code nsqite_message}, and what channels know of a message. */
final class CancelTable extends PrefixedTables implements CancelStore {

    /** As an owner's id, what a missing one is read as. */
    private static final long NOBODY = 0;

    private final Sql message = sql("SELECT 1 FROM {message} WHERE id = ? AND topic_id <> 0");

    private final Sql channels = sql("""
            SELECT c.id, c.owner_id, m.priority, c.unclean,
              CASE WHEN d.state IS NULL
                THEN m.id <= k.done_to
                  OR EXISTS (SELECT 1 FROM {done} f WHERE f.channel_id = c.id AND f.message_id = m.id)
                ELSE d.state IN ('running', 'dead') OR d.attempts > 0 OR d.failed_at IS NOT NULL END,
              d.state IS NOT NULL OR m.deliver_at IS NOT NULL
            FROM {message} m
            JOIN {channel} c ON c.topic_id = m.topic_id AND c.deleted = 0
            JOIN {cursor} k ON k.channel_id = c.id AND k.priority = m.priority
            LEFT JOIN {delivery} d ON d.channel_id = c.id AND d.message_id = m.id
            WHERE m.id = ?""");

    /** Messages of its key may wait behind it, which owners find out when they load the channel again. */
    private final Sql changeChannels = sql("""
            UPDATE {channel} SET changes = changes + 1
            WHERE owner_id IS NOT NULL AND topic_id = (SELECT topic_id FROM {message} WHERE id = ?1)
              AND EXISTS (SELECT 1 FROM {delivery} d
                WHERE d.channel_id = {channel}.id AND d.message_id = ?1 AND d.state IN ('due', 'scheduled')
                  AND d.message_key IS NOT NULL)""");

    private final Sql removeRows = sql("""
            DELETE FROM {delivery}
            WHERE message_id = ?1 AND channel_id IN (
              SELECT c.id FROM {channel} c JOIN {message} m ON m.topic_id = c.topic_id WHERE m.id = ?1)""");

    private final Sql remove = sql("DELETE FROM {message} WHERE id = ?");

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

    CancelTable(TablePrefix prefix) {
        super(prefix);
    }

    @Override
    public Optional<List<Holder>> holders(Connection transaction, long messageId) throws SQLException {
        if (!message.exists(transaction, messageId)) {
            return Optional.empty();
        }
        List<Holder> holders = new ArrayList<>();
        for (Standing standing : channels.list(transaction, Standing::of, messageId)) {
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
        changeChannels.update(transaction, messageId);
        removeRows.update(transaction, messageId);
        remove.update(transaction, messageId);
    }
}
