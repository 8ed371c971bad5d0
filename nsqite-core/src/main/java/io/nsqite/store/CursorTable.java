package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.store.Settlement.CursorMove;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** {@code nsqite_cursor}. */
final class CursorTable {

    private static final Sql CREATE =
            Sql.of("INSERT INTO nsqite_cursor (channel_id, priority, done_to) VALUES (?, ?, ?)");
    private static final Sql ALL = Sql.of("SELECT done_to FROM nsqite_cursor WHERE channel_id = ? ORDER BY priority");
    private static final Sql IS_AT =
            Sql.of("SELECT 1 FROM nsqite_cursor WHERE channel_id = ? AND priority = ? AND done_to = ?");
    private static final Sql MOVE =
            Sql.of("UPDATE nsqite_cursor SET done_to = ? WHERE channel_id = ? AND priority = ?");
    private static final Sql MOVE_FENCED = Sql.of("""
            UPDATE nsqite_cursor SET done_to = ?
            WHERE channel_id = ? AND priority = ? AND done_to = ? AND EXISTS (
              SELECT 1 FROM nsqite_channel WHERE id = ? AND owner_id = ? AND epoch = ? AND changes = ? AND deleted = 0)""");
    private static final Sql HAS_REACHED =
            Sql.of("SELECT 1 FROM nsqite_cursor WHERE channel_id = ? AND priority = ? AND done_to >= ?");
    private static final Sql MOVE_BACK = Sql.of("UPDATE nsqite_cursor SET done_to = ? WHERE done_to > ?");

    void create(Connection transaction, long channelId, long doneTo) throws SQLException {
        for (int priority = 0; priority < ChannelStore.PRIORITIES; priority++) {
            CREATE.update(transaction, channelId, priority, doneTo);
        }
    }

    long[] all(Connection connection, long channelId) throws SQLException {
        return ALL.list(connection, row -> row.getLong(1), channelId).stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    boolean areAt(Connection transaction, long channelId, List<CursorMove> moves) throws SQLException {
        for (CursorMove move : moves) {
            if (!IS_AT.exists(transaction, channelId, move.priority(), move.from())) {
                return false;
            }
        }
        return true;
    }

    void move(Connection transaction, long channelId, List<CursorMove> moves) throws SQLException {
        for (CursorMove move : moves) {
            MOVE.update(transaction, move.to(), channelId, move.priority());
        }
    }

    /** In one statement with the fence, for transactions of the application; whether it has moved. */
    boolean moveFenced(Connection transaction, Claim claim, CursorMove move) throws SQLException {
        return MOVE_FENCED.updateBound(transaction, statement -> {
                    statement.setLong(1, move.to());
                    statement.setLong(2, claim.channelId());
                    statement.setInt(3, move.priority());
                    statement.setLong(4, move.from());
                    statement.setLong(5, claim.channelId());
                    statement.setLong(6, claim.ownerId());
                    statement.setLong(7, claim.epoch());
                    statement.setLong(8, claim.changes());
                })
                > 0;
    }

    boolean hasReached(Connection connection, long channelId, CursorMove move) throws SQLException {
        return HAS_REACHED.exists(connection, channelId, move.priority(), move.to());
    }

    int moveBack(Connection transaction, long newestId) throws SQLException {
        return MOVE_BACK.update(transaction, newestId, newestId);
    }
}
