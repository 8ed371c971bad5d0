package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.message.Message;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads for {@link StatusStore}. */
final class StatusViews extends PrefixedTables implements StatusStore {

    private final Sql topics = sql("""
            SELECT t.name,
              (SELECT count(*) FROM {message} m WHERE m.topic_id = t.id),
              (SELECT count(*) FROM {channel} c WHERE c.topic_id = t.id AND c.deleted = 0)
            FROM {topic} t ORDER BY t.name""");

    private final Sql unheard = sql("""
            SELECT t.name FROM {topic} t
            WHERE NOT EXISTS (SELECT 1 FROM {channel} c WHERE c.topic_id = t.id AND c.deleted = 0)
            ORDER BY t.name""");

    private final Sql busy = sql("""
            SELECT max(
              EXISTS (SELECT 1 FROM {delivery} d
                WHERE d.channel_id = c.id AND d.state IN ('due', 'scheduled', 'running', 'held'))
              OR EXISTS (SELECT 1 FROM {message} m
                WHERE m.id > (SELECT k.done_to FROM {cursor} k WHERE k.channel_id = c.id AND k.priority = 4)
                  AND +m.topic_id = c.topic_id AND +m.priority = 4
                  AND NOT EXISTS (SELECT 1 FROM {done} d WHERE d.channel_id = c.id AND d.message_id = m.id)
                  AND NOT EXISTS (SELECT 1 FROM {delivery} d WHERE d.channel_id = c.id AND d.message_id = m.id))
              OR EXISTS (SELECT 1 FROM {cursor} k
                JOIN {message} m INDEXED BY {message_priority}
                  ON m.topic_id = c.topic_id AND m.priority = k.priority AND m.priority <> 4 AND m.id > k.done_to
                WHERE k.channel_id = c.id
                  AND NOT EXISTS (SELECT 1 FROM {done} d WHERE d.channel_id = c.id AND d.message_id = m.id)
                  AND NOT EXISTS (SELECT 1 FROM {delivery} d WHERE d.channel_id = c.id AND d.message_id = m.id)))
            FROM {channel} c JOIN {topic} t ON t.id = c.topic_id
            WHERE c.deleted = 0 AND (?1 IS NULL OR t.name = ?1) AND (?2 IS NULL OR c.name = ?2)""");

    private final Sql dead = sql("""
            SELECT k.topic, k.channel, d.attempts, d.error, d.stack, d.failed_at,
              m.id, m.message_key, m.headers, m.payload, m.published_at, m.priority
            FROM (%s) k
            JOIN {delivery} d ON d.channel_id = k.channel_id AND d.message_id = k.message_id
            JOIN {message} m ON m.id = k.message_id
            ORDER BY k.message_id, k.channel""".formatted(DeadLetterRows.PAGE));

    private final ChannelCounts counts;
    private final MessageProgress messages;

    StatusViews(TablePrefix prefix) {
        super(prefix);
        counts = new ChannelCounts(prefix);
        messages = new MessageProgress(prefix);
    }

    @Override
    public List<TopicLine> topics(Connection connection) throws SQLException {
        return topics.list(connection, row -> new TopicLine(row.getString(1), row.getLong(2), row.getInt(3)));
    }

    @Override
    public List<String> unheardTopics(Connection connection) throws SQLException {
        return unheard.list(connection, row -> row.getString(1));
    }

    @Override
    public List<ChannelLine> channels(Connection connection, Counting counting) throws SQLException {
        return counts.all(connection, counting);
    }

    @Override
    public Optional<ChannelLine> channel(Connection connection, String topic, String channel, Counting counting)
            throws SQLException {
        return counts.one(connection, topic, channel, counting);
    }

    @Override
    public Optional<Kept> message(Connection connection, long id) throws SQLException {
        return messages.find(connection, id);
    }

    @Override
    public List<MessageLine> progress(Connection connection, long messageId, long now) throws SQLException {
        return messages.progress(connection, messageId, now);
    }

    @Override
    public Optional<Boolean> isBusy(Connection connection, @Nullable String topic, @Nullable String channel)
            throws SQLException {
        return busy.query(
                connection,
                statement -> {
                    statement.setString(1, topic);
                    statement.setString(2, channel);
                },
                result -> {
                    boolean isBusy = result.next() && result.getInt(1) != 0;
                    return result.getObject(1) == null ? Optional.empty() : Optional.of(isBusy);
                });
    }

    @Override
    public List<DeadLine> dead(Connection connection, DeadFilter filter, DeadPage page) throws SQLException {
        return dead.list(connection, StatusViews::deadLine, DeadLetterRows.arguments(filter, page));
    }

    private static DeadLine deadLine(ResultSet row) throws SQLException {
        String topic = row.getString(1);
        Message message = new Message(
                row.getLong(7),
                topic,
                row.getString(8),
                HeadersJson.read(row.getString(9)),
                row.getBytes(10),
                Instant.ofEpochMilli(row.getLong(11)),
                row.getInt(12));
        DeliveryRow.Failure failure = new DeliveryRow.Failure(row.getString(4), row.getString(5), row.getLong(6));
        return new DeadLine(topic, row.getString(2), message, row.getInt(3), failure);
    }
}
