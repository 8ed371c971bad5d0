package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** What is left of channels that are marked as deleted. */
final class DeletedRows {

    private static final Sql MARKS = Sql.of("SELECT id FROM nsqite_channel WHERE deleted = 1 ORDER BY id");

    private static final Sql DELETE_ROWS = Sql.of("""
            DELETE FROM nsqite_delivery WHERE rowid IN
              (SELECT rowid FROM nsqite_delivery WHERE channel_id = ? LIMIT ?)""");

    private static final Sql DELETE_DONE = Sql.of("""
            DELETE FROM nsqite_done WHERE channel_id = ?1 AND message_id IN
              (SELECT message_id FROM nsqite_done WHERE channel_id = ?1 LIMIT ?2)""");

    private static final Sql DELETE_CURSORS = Sql.of("DELETE FROM nsqite_cursor WHERE channel_id = ?");

    private static final Sql FORGET = Sql.of("""
            DELETE FROM nsqite_channel WHERE id = ?1 AND deleted = 1
              AND NOT EXISTS (SELECT 1 FROM nsqite_cursor WHERE channel_id = ?1)""");

    List<Long> marks(Connection connection) throws SQLException {
        return MARKS.list(connection, row -> row.getLong(1));
    }

    boolean sweep(Connection transaction, int maxRows) throws SQLException {
        int left = maxRows;
        for (long channelId : marks(transaction)) {
            left -= DELETE_ROWS.update(transaction, channelId, left);
            left -= DELETE_DONE.update(transaction, channelId, left);
            if (left == 0) {
                return true;
            }
            DELETE_CURSORS.update(transaction, channelId); // last, so that they tell what is not swept yet
        }
        return false;
    }

    void forget(Connection transaction, Collection<Long> channelIds) throws SQLException {
        for (long channelId : channelIds) {
            FORGET.update(transaction, channelId);
        }
    }
}
