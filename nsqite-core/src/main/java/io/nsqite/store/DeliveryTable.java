package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.store.DeliveryRow.Failure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** {@code nsqite_delivery}. */
final class DeliveryTable {

    static final String COLUMNS = "message_id, priority, state, due_at, attempts, message_key, error, stack, failed_at";

    /**
     * Not if an acknowledgement in a transaction was faster, which nobody may have noticed yet, or if the message was cancelled before
     * anybody tried it.
     */
    private static final Sql PUT = Sql.of("""
            INSERT OR REPLACE INTO nsqite_delivery (channel_id, %s)
            SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10
            WHERE NOT EXISTS (SELECT 1 FROM nsqite_done WHERE channel_id = ?1 AND message_id = ?2)
              AND (?6 > 0 OR EXISTS (SELECT 1 FROM nsqite_message WHERE id = ?2 AND topic_id <> 0))""".formatted(COLUMNS));

    private static final Sql DELETE = Sql.of("DELETE FROM nsqite_delivery WHERE channel_id = ? AND message_id = ?");

    private static final Sql ABOVE_CURSORS = Sql.of("""
            SELECT d.message_id, d.priority FROM nsqite_cursor k
            JOIN nsqite_delivery d
              ON d.channel_id = k.channel_id AND d.priority = k.priority AND d.message_id > k.done_to
            WHERE k.channel_id = ?""");

    private static final Sql KEYED = Sql.of("""
            SELECT 1 FROM nsqite_delivery
            WHERE channel_id = ? AND message_key IS NOT NULL LIMIT 1""");

    private static final Sql RUNNING = Sql.of(
            "SELECT %s FROM nsqite_delivery WHERE channel_id = ? AND state = 'running' ORDER BY attempts, message_id"
                    .formatted(COLUMNS));

    /** The cursors are one for each priority, so that the index gives the order of each and nothing is sorted. */
    private static final Sql DUE = Sql.of("""
            SELECT d.message_id, d.priority, d.state, d.due_at, d.attempts, d.message_key, d.error, d.stack, d.failed_at
            FROM nsqite_cursor k CROSS JOIN nsqite_delivery d
            WHERE k.channel_id = ?1 AND d.channel_id = k.channel_id AND d.state = 'due' AND d.priority = k.priority
              AND d.due_at <= ?2
            ORDER BY k.priority DESC, d.due_at, d.message_id LIMIT ?3""");

    /** What is sorted are the first of each priority, however many there are. */
    private static final Sql DUE_BY_TIME = Sql.of("""
            SELECT d.message_id, d.priority, d.state, d.due_at, d.attempts, d.message_key, d.error, d.stack, d.failed_at
            FROM nsqite_cursor k CROSS JOIN nsqite_delivery d
            WHERE k.channel_id = ?1 AND d.rowid IN (
              SELECT f.rowid FROM nsqite_delivery f
              WHERE f.channel_id = k.channel_id AND f.state = 'due' AND f.priority = k.priority AND f.due_at <= ?2
              ORDER BY f.due_at, f.message_id LIMIT ?3)
            ORDER BY d.due_at, d.message_id LIMIT ?3""");

    private static final Sql NEXT_DUE = Sql.of("""
            SELECT min(first) FROM (
              SELECT (SELECT min(d.due_at) FROM nsqite_delivery d
                WHERE d.channel_id = k.channel_id AND d.state = 'due' AND d.priority = k.priority AND d.due_at > ?2) AS first
              FROM nsqite_cursor k WHERE k.channel_id = ?1)
            HAVING min(first) IS NOT NULL""");

    void put(Connection transaction, long channelId, List<DeliveryRow> rows) throws SQLException {
        for (DeliveryRow row : rows) {
            Failure failure = row.failure();
            PUT.update(
                    transaction,
                    channelId,
                    row.messageId(),
                    row.priority(),
                    row.state().text(),
                    row.dueAt(),
                    row.attempts(),
                    row.key(),
                    failure == null ? null : failure.error(),
                    failure == null ? null : failure.stack(),
                    failure == null ? null : failure.failedAt());
        }
    }

    void delete(Connection transaction, long channelId, List<Long> ids) throws SQLException {
        for (long id : ids) {
            DELETE.update(transaction, channelId, id);
        }
    }

    List<Mark> aboveCursors(Connection connection, long channelId) throws SQLException {
        return ABOVE_CURSORS.list(connection, row -> new Mark(row.getLong(1), row.getInt(2)), channelId);
    }

    boolean isAnyKeyed(Connection connection, long channelId) throws SQLException {
        return KEYED.exists(connection, channelId);
    }

    List<DeliveryRow> running(Connection connection, long channelId) throws SQLException {
        return RUNNING.list(connection, DeliveryTable::row, channelId);
    }

    List<DeliveryRow> due(Connection connection, long channelId, long now, int limit) throws SQLException {
        return DUE.list(connection, DeliveryTable::row, channelId, now, limit);
    }

    List<DeliveryRow> dueByTime(Connection connection, long channelId, long now, int limit) throws SQLException {
        return DUE_BY_TIME.list(connection, DeliveryTable::row, channelId, now, limit);
    }

    Optional<Long> nextDue(Connection connection, long channelId, long after) throws SQLException {
        return NEXT_DUE.first(connection, row -> row.getLong(1), channelId, after);
    }

    static DeliveryRow row(ResultSet row) throws SQLException {
        long dueAt = row.getLong(4);
        Long due = row.wasNull() ? null : dueAt;
        String error = row.getString(7);
        String stack = row.getString(8);
        return new DeliveryRow(
                row.getLong(1),
                row.getInt(2),
                DeliveryState.of(row.getString(3)),
                due,
                row.getInt(5),
                row.getString(6),
                error == null ? null : new Failure(error, stack == null ? "" : stack, row.getLong(9)));
    }
}
