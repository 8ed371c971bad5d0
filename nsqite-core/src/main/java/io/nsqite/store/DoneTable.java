package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** {@code nsqite_done}. */
final class DoneTable {

    private static final String ABOVE = """
            FROM nsqite_done d
            JOIN nsqite_message m ON m.id = d.message_id
            JOIN nsqite_cursor k ON k.channel_id = d.channel_id AND k.priority = m.priority
            WHERE d.channel_id = ?1 AND d.message_id > k.done_to""";

    private static final Sql ABOVE_CURSORS = Sql.of("SELECT d.message_id, m.priority " + ABOVE);

    private static final Sql SWEEP = Sql.of(
            "DELETE FROM nsqite_done WHERE channel_id = ?1 AND message_id NOT IN (SELECT d.message_id " + ABOVE + ")");

    /** The ids come as a JSON array. There may be a row already: of a commit that succeeded though it seemed to fail, after which it is repeated. */
    private static final Sql ADD =
            Sql.of("INSERT OR IGNORE INTO nsqite_done (channel_id, message_id) SELECT ?, value FROM json_each(?)");

    private static final Sql REMOVE =
            Sql.of("DELETE FROM nsqite_done WHERE channel_id = ? AND message_id IN (SELECT value FROM json_each(?))");

    List<Mark> aboveCursors(Connection connection, long channelId) throws SQLException {
        return ABOVE_CURSORS.list(connection, row -> new Mark(row.getLong(1), row.getInt(2)), channelId);
    }

    /** Removes what a process left behind that ended between an acknowledgement in a transaction and the cursor's move. */
    void sweep(Connection transaction, long channelId) throws SQLException {
        SWEEP.update(transaction, channelId);
    }

    void add(Connection transaction, long channelId, List<Long> ids) throws SQLException {
        if (!ids.isEmpty()) {
            ADD.update(transaction, channelId, ids.toString());
        }
    }

    void remove(Connection transaction, long channelId, List<Long> ids) throws SQLException {
        if (!ids.isEmpty()) {
            REMOVE.update(transaction, channelId, ids.toString());
        }
    }
}
