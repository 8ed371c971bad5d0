package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.message.Message;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** What tests want to know of a queue. Too slow for anything else: it looks at every message after an id. */
public final class QueueInspection extends PrefixedTables {

    private final Sql published = sql("""
            SELECT m.id, m.message_key, m.headers, m.payload, m.published_at, m.priority
            FROM {message} m JOIN {topic} t ON t.id = m.topic_id
            WHERE t.name = ? AND m.id > ? ORDER BY m.id""");

    /** In a channel without order nothing is held, so the conditions on keys don't matter there. */
    private final Sql due = sql("""
            WITH c AS (
              SELECT c.id, c.topic_id, c.retry_clock + max(0, ?4 - c.wall_clock) AS retry_now FROM {channel} c JOIN {topic} t ON t.id = c.topic_id
              WHERE t.name = ?1 AND c.name = ?2 AND c.deleted = 0
            ), blocker AS (
              SELECT d.message_id, d.message_key FROM c JOIN {delivery} d ON d.channel_id = c.id
              WHERE d.message_key IS NOT NULL
                AND ((?5 <> 'none' AND (d.state = 'due' AND d.due_at > c.retry_now OR d.state = 'scheduled' AND d.due_at > ?4)) OR (?5 = 'hold' AND d.state = 'dead'))
            )
            SELECT
              (SELECT count(*) FROM c
               JOIN {cursor} k ON k.channel_id = c.id
               JOIN {message} m ON m.topic_id = c.topic_id AND m.priority = k.priority AND m.id > k.done_to
               WHERE m.id <= ?3 AND coalesce(m.deliver_at, 0) <= ?4
                 AND NOT EXISTS (SELECT 1 FROM {done} o WHERE o.channel_id = c.id AND o.message_id = m.id)
                 AND NOT EXISTS (SELECT 1 FROM {delivery} d WHERE d.channel_id = c.id AND d.message_id = m.id)
                 AND NOT EXISTS (SELECT 1 FROM blocker b WHERE b.message_key = m.message_key AND b.message_id < m.id))
              +
              (SELECT count(*) FROM c JOIN {delivery} d ON d.channel_id = c.id
               WHERE d.message_id <= ?3
                 AND (d.state IN ('running', 'held') OR (d.state = 'due' AND d.due_at <= c.retry_now)
                   OR (d.state = 'scheduled' AND d.due_at <= ?4))
                 AND NOT EXISTS (
                   SELECT 1 FROM blocker b WHERE b.message_key = d.message_key AND b.message_id < d.message_id))""");

    private final Sql newest = sql("SELECT max(id) FROM {message}");

    /** For the queue whose tables have this prefix. */
    public QueueInspection(TablePrefix prefix) {
        super(prefix);
    }

    /** The greatest id; 0 for an empty log. */
    public long newestId(Connection connection) throws SQLException {
        return newest.number(connection);
    }

    /** The messages of a topic after an id, in the order of their ids, as the connection sees them. */
    public List<Message> published(Connection connection, String topic, long afterId) throws SQLException {
        return published.list(
                connection,
                row -> new Message(
                        row.getLong(1),
                        topic,
                        row.getString(2),
                        HeadersJson.read(row.getString(3)),
                        row.getBytes(4),
                        Instant.ofEpochMilli(row.getLong(5)),
                        row.getInt(6)),
                topic,
                afterId);
    }

    /** How many messages of a channel a consumer that began now would have to handle, or is handling. */
    public long due(Connection connection, Pass pass) throws SQLException {
        return due.number(connection, pass.topic(), pass.channel(), pass.upTo(), pass.now(), pass.order().text);
    }

    /**
     * What a pass over a channel is to handle.
     *
     * @param upTo messages up to this id
     * @param now and due by this time, in milliseconds
     */
    public record Pass(String topic, String channel, long upTo, long now, Order order) {}

    /** What keeps messages back behind others of their key. */
    public enum Order {
        /** Nothing. */
        NONE("none"),
        /** One that waits for another attempt. */
        WAITING("waiting"),
        /** One that waits for another attempt, or is a dead letter. */
        WAITING_OR_DEAD("hold");

        private final String text;

        Order(String text) {
            this.text = text;
        }
    }
}
