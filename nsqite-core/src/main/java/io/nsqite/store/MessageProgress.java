package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.message.Message;
import io.nsqite.store.StatusStore.Kept;
import io.nsqite.store.StatusStore.MessageLine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One message, and what became of it in each channel of its topic. */
final class MessageProgress extends PrefixedTables {

    /** A cancelled message belongs to no topic. */
    private final Sql find = sql("""
            SELECT m.id, t.name, m.message_key, m.headers, m.payload, m.published_at, m.priority, m.deliver_at,
              m.deduplication_key
            FROM {message} m JOIN {topic} t ON t.id = m.topic_id WHERE m.id = ?""");

    /** What is due is so by the channel's clock of retries, which is told by the wall clock here. */
    private final Sql progress = sql("""
            SELECT c.name, d.state, m.priority, d.attempts, d.message_key, d.error, d.stack, d.failed_at,
              CASE d.state WHEN 'scheduled' THEN d.due_at
                WHEN 'due' THEN ?2 + d.due_at - (c.retry_clock + max(0, ?2 - c.wall_clock)) END AS due,
              k.done_to >= m.id
                OR EXISTS (SELECT 1 FROM {done} o WHERE o.channel_id = c.id AND o.message_id = m.id) AS settled
            FROM {message} m
            JOIN {channel} c ON c.topic_id = m.topic_id AND c.deleted = 0
            JOIN {cursor} k ON k.channel_id = c.id AND k.priority = m.priority
            LEFT JOIN {delivery} d ON d.channel_id = c.id AND d.message_id = m.id
            WHERE m.id = ?1 ORDER BY c.name""");

    MessageProgress(TablePrefix prefix) {
        super(prefix);
    }

    Optional<Kept> find(Connection connection, long id) throws SQLException {
        return find.first(connection, MessageProgress::kept, id);
    }

    private static Kept kept(ResultSet row) throws SQLException {
        Message message = new Message(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                HeadersJson.read(row.getString(4)),
                row.getBytes(5),
                Instant.ofEpochMilli(row.getLong(6)),
                row.getInt(7));
        return new Kept(message, nullable(row, 8), row.getString(9));
    }

    List<MessageLine> progress(Connection connection, long messageId, long now) throws SQLException {
        return progress.list(connection, row -> line(row, messageId, now), messageId, now);
    }

    private static MessageLine line(ResultSet row, long messageId, long now) throws SQLException {
        String channel = row.getString(1);
        String state = row.getString(2);
        if (state == null) {
            return new MessageLine(channel, row.getInt(10) != 0, null, null);
        }
        Long due = nullable(row, 9);
        return new MessageLine(
                channel,
                false,
                delivery(row, messageId, DeliveryState.of(state), due),
                due == null || due <= now ? null : due);
    }

    private static DeliveryRow delivery(ResultSet row, long messageId, DeliveryState state, @Nullable Long due)
            throws SQLException {
        String error = row.getString(6);
        String stack = row.getString(7);
        return new DeliveryRow(
                messageId,
                row.getInt(3),
                state,
                due,
                row.getInt(4),
                row.getString(5),
                error == null ? null : new DeliveryRow.Failure(error, stack == null ? "" : stack, row.getLong(8)));
    }

    private static @Nullable Long nullable(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
