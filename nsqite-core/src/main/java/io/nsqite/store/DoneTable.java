package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** {@code nsqite_done}. */
final class DoneTable extends PrefixedTables {

    private static final String ABOVE = """
            FROM {done} d
            JOIN {message} m ON m.id = d.message_id
            JOIN {cursor} k ON k.channel_id = d.channel_id AND k.priority = m.priority
            WHERE d.channel_id = ?1 AND d.message_id > k.done_to""";

    private final Sql aboveCursors = sql("SELECT d.message_id, m.priority " + ABOVE);

    private final Sql sweep =
            sql("DELETE FROM {done} WHERE channel_id = ?1 AND message_id NOT IN (SELECT d.message_id " + ABOVE + ")");

    /** The ids come as a JSON array. There may be a row already: of a commit that succeeded though it seemed to fail, after which it is repeated. */
    private final Sql add =
            sql("INSERT OR IGNORE INTO {done} (channel_id, message_id) SELECT ?, value FROM json_each(?)");

    private final Sql remove =
            sql("DELETE FROM {done} WHERE channel_id = ? AND message_id IN (SELECT value FROM json_each(?))");

    DoneTable(TablePrefix prefix) {
        super(prefix);
    }

    List<Mark> aboveCursors(Connection connection, long channelId) throws SQLException {
        return aboveCursors.list(connection, row -> new Mark(row.getLong(1), row.getInt(2)), channelId);
    }

    /** Removes what a process left behind that ended between an acknowledgement in a transaction and the cursor's move. */
    void sweep(Connection transaction, long channelId) throws SQLException {
        sweep.update(transaction, channelId);
    }

    void add(Connection transaction, long channelId, List<Long> ids) throws SQLException {
        if (!ids.isEmpty()) {
            add.update(transaction, channelId, ids.toString());
        }
    }

    void remove(Connection transaction, long channelId, List<Long> ids) throws SQLException {
        if (!ids.isEmpty()) {
            remove.update(transaction, channelId, ids.toString());
        }
    }
}
