package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.store.Settlement.CursorMove;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** {@code nsqite_cursor}. */
final class CursorTable extends PrefixedTables {

    private final Sql create = sql("INSERT INTO {cursor} (channel_id, priority, done_to) VALUES (?, ?, ?)");
    private final Sql all = sql("SELECT done_to FROM {cursor} WHERE channel_id = ? ORDER BY priority");
    private final Sql isAt = sql("SELECT 1 FROM {cursor} WHERE channel_id = ? AND priority = ? AND done_to = ?");
    private final Sql moveTo = sql("UPDATE {cursor} SET done_to = ? WHERE channel_id = ? AND priority = ?");
    private final Sql moveFenced = sql("""
            UPDATE {cursor} SET done_to = ?
            WHERE channel_id = ? AND priority = ? AND done_to = ? AND EXISTS (
              SELECT 1 FROM {channel} WHERE id = ? AND owner_id = ? AND epoch = ? AND changes = ? AND deleted = 0)""");
    private final Sql hasReached = sql("SELECT 1 FROM {cursor} WHERE channel_id = ? AND priority = ? AND done_to >= ?");
    private final Sql moveBack = sql("UPDATE {cursor} SET done_to = ? WHERE done_to > ?");

    CursorTable(TablePrefix prefix) {
        super(prefix);
    }

    void create(Connection transaction, long channelId, long doneTo) throws SQLException {
        for (int priority = 0; priority < ChannelStore.PRIORITIES; priority++) {
            create.update(transaction, channelId, priority, doneTo);
        }
    }

    long[] all(Connection connection, long channelId) throws SQLException {
        return all.list(connection, row -> row.getLong(1), channelId).stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    boolean areAt(Connection transaction, long channelId, List<CursorMove> moves) throws SQLException {
        for (CursorMove move : moves) {
            if (!isAt.exists(transaction, channelId, move.priority(), move.from())) {
                return false;
            }
        }
        return true;
    }

    void move(Connection transaction, long channelId, List<CursorMove> moves) throws SQLException {
        for (CursorMove move : moves) {
            moveTo.update(transaction, move.to(), channelId, move.priority());
        }
    }

    /** In one statement with the fence, for transactions of the application; whether it has moved. */
    boolean moveFenced(Connection transaction, Claim claim, CursorMove move) throws SQLException {
        return moveFenced.updateBound(transaction, statement -> {
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
        return hasReached.exists(connection, channelId, move.priority(), move.to());
    }

    int moveBack(Connection transaction, long newestId) throws SQLException {
        return moveBack.update(transaction, newestId, newestId);
    }
}
