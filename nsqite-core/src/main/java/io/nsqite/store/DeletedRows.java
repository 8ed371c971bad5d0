package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** What is left of channels that are marked as deleted. */
final class DeletedRows extends PrefixedTables {

    private final Sql marks = sql("SELECT id FROM {channel} WHERE deleted = 1 ORDER BY id");

    private final Sql deleteRows = sql("""
            DELETE FROM {delivery} WHERE rowid IN
              (SELECT rowid FROM {delivery} WHERE channel_id = ? LIMIT ?)""");

    private final Sql deleteDone = sql("""
            DELETE FROM {done} WHERE channel_id = ?1 AND message_id IN
              (SELECT message_id FROM {done} WHERE channel_id = ?1 LIMIT ?2)""");

    private final Sql deleteCursors = sql("DELETE FROM {cursor} WHERE channel_id = ?");

    private final Sql forget = sql("""
            DELETE FROM {channel} WHERE id = ?1 AND deleted = 1
              AND NOT EXISTS (SELECT 1 FROM {cursor} WHERE channel_id = ?1)""");

    DeletedRows(TablePrefix prefix) {
        super(prefix);
    }

    List<Long> marks(Connection connection) throws SQLException {
        return marks.list(connection, row -> row.getLong(1));
    }

    boolean sweep(Connection transaction, int maxRows) throws SQLException {
        int left = maxRows;
        for (long channelId : marks(transaction)) {
            left -= deleteRows.update(transaction, channelId, left);
            left -= deleteDone.update(transaction, channelId, left);
            if (left == 0) {
                return true;
            }
            deleteCursors.update(transaction, channelId); // last, so that they tell what is not swept yet
        }
        return false;
    }

    void forget(Connection transaction, Collection<Long> channelIds) throws SQLException {
        for (long channelId : channelIds) {
            forget.update(transaction, channelId);
        }
    }
}
