package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.message.Message;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads for {@link StatusStore}. */
final class StatusViews implements StatusStore {

    private static final Sql TOPICS = Sql.of("""
            SELECT t.name,
              (SELECT count(*) FROM nsqite_message m WHERE m.topic_id = t.id),
              (SELECT count(*) FROM nsqite_channel c WHERE c.topic_id = t.id AND c.deleted = 0)
            FROM nsqite_topic t ORDER BY t.name""");

    private static final Sql UNHEARD = Sql.of("""
            SELECT t.name FROM nsqite_topic t
            WHERE NOT EXISTS (SELECT 1 FROM nsqite_channel c WHERE c.topic_id = t.id AND c.deleted = 0)
            ORDER BY t.name""");

    private static final String CHANNEL =
            "SELECT topic, channel, waiting, retrying, dead, paused, owner_id FROM nsqite_channel_status ";
    private static final Sql CHANNELS = Sql.of(CHANNEL + "ORDER BY topic, channel");
    private static final Sql ONE_CHANNEL = Sql.of(CHANNEL + "WHERE topic = ? AND channel = ?");

    private static final Sql DEAD = Sql.of("""
            SELECT t.name, c.name, d.attempts, d.error, d.stack, d.failed_at,
              m.id, m.message_key, m.headers, m.payload, m.published_at, m.priority
            FROM nsqite_delivery d
            JOIN nsqite_channel c ON c.id = d.channel_id AND c.deleted = 0
            JOIN nsqite_topic t ON t.id = c.topic_id
            JOIN nsqite_message m ON m.id = d.message_id
            WHERE d.state = 'dead' AND (d.message_id, c.name) > (?1, ?2)
              AND (?3 IS NULL OR t.name = ?3) AND (?4 IS NULL OR c.name = ?4)
            ORDER BY d.message_id, c.name LIMIT ?5""");

    @Override
    public List<TopicLine> topics(Connection connection) throws SQLException {
        return TOPICS.list(connection, row -> new TopicLine(row.getString(1), row.getLong(2), row.getInt(3)));
    }

    @Override
    public List<String> unheardTopics(Connection connection) throws SQLException {
        return UNHEARD.list(connection, row -> row.getString(1));
    }

    @Override
    public List<ChannelLine> channels(Connection connection) throws SQLException {
        return CHANNELS.list(connection, StatusViews::channelLine);
    }

    @Override
    public Optional<ChannelLine> channel(Connection connection, String topic, String channel) throws SQLException {
        return ONE_CHANNEL.first(connection, StatusViews::channelLine, topic, channel);
    }

    private static ChannelLine channelLine(ResultSet row) throws SQLException {
        long owner = row.getLong(7);
        return new ChannelLine(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getInt(6) != 0,
                owner == 0 ? null : owner);
    }

    @Override
    public List<DeadLine> dead(Connection connection, DeadFilter filter) throws SQLException {
        return DEAD.list(
                connection,
                StatusViews::deadLine,
                filter.afterId(),
                filter.afterChannel(),
                filter.topic(),
                filter.channel(),
                filter.limit());
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
