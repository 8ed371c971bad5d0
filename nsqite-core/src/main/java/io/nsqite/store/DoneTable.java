package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** {@code nsqite_done}. */
final class DoneTable {

    private static final Sql ALL = Sql.of("SELECT message_id FROM nsqite_done WHERE channel_id = ?");

    /** There may be a row already: of a commit that succeeded though it seemed to fail, after which it is repeated. */
    private static final Sql ADD = Sql.of("INSERT OR IGNORE INTO nsqite_done (channel_id, message_id) VALUES (?, ?)");

    private static final Sql REMOVE = Sql.of("DELETE FROM nsqite_done WHERE channel_id = ? AND message_id = ?");

    List<Long> all(Connection connection, long channelId) throws SQLException {
        return ALL.list(connection, row -> row.getLong(1), channelId);
    }

    void add(Connection transaction, long channelId, List<Long> ids) throws SQLException {
        for (long id : ids) {
            ADD.update(transaction, channelId, id);
        }
    }

    void remove(Connection transaction, long channelId, List<Long> ids) throws SQLException {
        for (long id : ids) {
            REMOVE.update(transaction, channelId, id);
        }
    }
}
