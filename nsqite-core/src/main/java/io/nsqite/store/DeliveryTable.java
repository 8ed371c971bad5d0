package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.store.DeliveryRow.Failure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** {@code nsqite_delivery}. */
final class DeliveryTable extends PrefixedTables {

    static final String COLUMNS = "message_id, priority, state, due_at, attempts, message_key, error, stack, failed_at";

    /**
     * Not if an acknowledgement in a transaction was faster, which nobody may have noticed yet, or if the message is to be handled but was
     * cancelled.
     */
    private final Sql put = sql("""
            INSERT OR REPLACE INTO {delivery} (channel_id, %s)
            SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10
            WHERE NOT EXISTS (SELECT 1 FROM {done} WHERE channel_id = ?1 AND message_id = ?2)
              AND (?4 = 'dead' OR EXISTS (SELECT 1 FROM {message} WHERE id = ?2 AND topic_id <> 0))""".formatted(COLUMNS));

    private final Sql takeBack = sql("""
            UPDATE {delivery} SET state = ?3, due_at = ?4, attempts = ?5
            WHERE channel_id = ?1 AND message_id = ?2
              AND (state = 'running' AND attempts = ?5 + 1 OR state = 'held' AND attempts = ?5)""");

    private final Sql delete = sql("DELETE FROM {delivery} WHERE channel_id = ? AND message_id = ?");

    private final Sql aboveCursors = sql("""
            SELECT d.message_id, d.priority FROM {cursor} k
            JOIN {delivery} d
              ON d.channel_id = k.channel_id AND d.priority = k.priority AND d.message_id > k.done_to
            WHERE k.channel_id = ?""");

    private final Sql keyed = sql("""
            SELECT 1 FROM {delivery}
            WHERE channel_id = ? AND message_key IS NOT NULL LIMIT 1""");

    private final Sql running =
            sql("SELECT %s FROM {delivery} WHERE channel_id = ? AND state = 'running' ORDER BY attempts, message_id"
                    .formatted(COLUMNS));

    DeliveryTable(TablePrefix prefix) {
        super(prefix);
    }

    /** Returns those that were written. */
    List<DeliveryRow> put(Connection transaction, long channelId, List<DeliveryRow> rows) throws SQLException {
        List<DeliveryRow> written = new ArrayList<>(rows.size());
        for (DeliveryRow row : rows) {
            if (put(transaction, channelId, row)) {
                written.add(row);
            }
        }
        return written;
    }

    private boolean put(Connection transaction, long channelId, DeliveryRow row) throws SQLException {
        Failure failure = row.failure();
        int written = put.update(
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
        return written > 0;
    }

    void takeBack(Connection transaction, long channelId, List<DeliveryRow> rows) throws SQLException {
        for (DeliveryRow row : rows) {
            takeBack.update(transaction, channelId, row.messageId(), row.state().text(), row.dueAt(), row.attempts());
        }
    }

    void delete(Connection transaction, long channelId, List<Long> ids) throws SQLException {
        for (long id : ids) {
            delete.update(transaction, channelId, id);
        }
    }

    List<Mark> aboveCursors(Connection connection, long channelId) throws SQLException {
        return aboveCursors.list(connection, row -> new Mark(row.getLong(1), row.getInt(2)), channelId);
    }

    boolean isAnyKeyed(Connection connection, long channelId) throws SQLException {
        return keyed.exists(connection, channelId);
    }

    List<DeliveryRow> running(Connection connection, long channelId) throws SQLException {
        return running.list(connection, DeliveryTable::row, channelId);
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
