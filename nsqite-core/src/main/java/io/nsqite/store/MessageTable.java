package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.message.Message;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code nsqite_message}. */
final class MessageTable extends PrefixedTables implements MessageLog {

    private final Sql newest = sql("SELECT max(id) FROM {message}");

    private final MessageInserts inserts;

    private static final byte[] NO_PAYLOAD = {};

    private final Sql hasPriorities = sql("SELECT 1 FROM {message} WHERE topic_id = ? AND priority <> 4 LIMIT 1");

    private final Sql newestByPriority = sql("""
            SELECT p.priority,
              (SELECT max(m.id) FROM {message} m
               WHERE m.topic_id = ?1 AND m.priority <> 4 AND m.priority = p.priority)
            FROM (SELECT 0 AS priority UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 5
              UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9) p""");

    /** What few messages have comes behind one column that says whether it is there, as each column that is asked for costs. */
    private static final String RARE_COLUMNS = """
            coalesce(message_key, headers, deliver_at, nullif(priority, 4)) IS NOT NULL,
            message_key, headers, priority, deliver_at""";

    private static final String READ_COLUMNS = "SELECT id, published_at, iif(deliver_at > ?1, NULL, payload), "
            + RARE_COLUMNS + " FROM {message} WHERE id > ?2 AND id <= ?3 AND ";

    /** The unary plus keeps the planner on the range of ids. */
    private final Sql readStraight = sql(READ_COLUMNS + "+topic_id = ?4 AND +priority = 4 ORDER BY id LIMIT ?5");

    private final Sql readAll = sql(READ_COLUMNS + "+topic_id = ?4 ORDER BY id LIMIT ?5");

    /** Without {@code priority <> 4} the partial index would not be used and the whole table be scanned. */
    private final Sql readPriority =
            sql(READ_COLUMNS + "topic_id = ?4 AND priority <> 4 AND priority = ?6 ORDER BY id LIMIT ?5");

    private final Sql isAny = sql("SELECT 1 FROM {message} WHERE id > ? AND id <= ? AND +topic_id = ? LIMIT 1");

    private final Sql find =
            sql("SELECT id, published_at, payload, " + RARE_COLUMNS + " FROM {message} WHERE id = ? AND topic_id <> 0");

    MessageTable(TablePrefix prefix) {
        super(prefix);
        inserts = new MessageInserts(prefix);
    }

    @Override
    public Appended appendOnce(Connection transaction, NewRow row) throws SQLException {
        return inserts.append(transaction, row);
    }

    @Override
    public List<Appended> appendAll(Connection transaction, List<NewRow> rows) throws SQLException {
        return inserts.append(transaction, rows);
    }

    @Override
    public long newestId(Connection connection) throws SQLException {
        return newest.number(connection);
    }

    @Override
    public long[] newestByPriority(Connection connection, long topicId) throws SQLException {
        long[] newest = new long[ChannelStore.PRIORITIES];
        if (hasPriorities.exists(connection, topicId)) {
            newestByPriority
                    .list(connection, row -> new Mark(row.getLong(2), row.getInt(1)), topicId)
                    .forEach(mark -> newest[mark.priority()] = mark.messageId());
        }
        return newest;
    }

    @Override
    public List<Logged> read(Connection connection, Stretch stretch) throws SQLException {
        Sql reading = reading(stretch.priority());
        return reading.query(
                connection,
                statement -> {
                    statement.setLong(1, stretch.now());
                    statement.setLong(2, stretch.after());
                    statement.setLong(3, stretch.upTo());
                    statement.setLong(4, stretch.topicId());
                    statement.setInt(5, stretch.maxRows());
                    if (reading == readPriority) {
                        statement.setInt(6, stretch.priority());
                    }
                },
                result -> messages(result, stretch));
    }

    private Sql reading(int priority) {
        return switch (priority) {
            case Stretch.ALL_PRIORITIES -> readAll;
            case Message.DEFAULT_PRIORITY -> readStraight;
            default -> readPriority;
        };
    }

    @Override
    public boolean isAny(Connection connection, long topicId, long after, long upTo) throws SQLException {
        return isAny.exists(connection, after, upTo, topicId);
    }

    private static List<Logged> messages(ResultSet result, Stretch stretch) throws SQLException {
        List<Logged> messages = new ArrayList<>();
        HeadersJson.Reader headers = new HeadersJson.Reader();
        long bytes = 0;
        while (bytes < stretch.maxBytes() && result.next()) {
            Logged logged = logged(result, stretch.topic(), headers);
            bytes += logged.message().payload().length;
            messages.add(logged);
        }
        return messages;
    }

    @Override
    public Optional<Message> find(Connection connection, String topic, long id) throws SQLException {
        return find.first(
                connection, row -> logged(row, topic, new HeadersJson.Reader()).message(), id);
    }

    private static Logged logged(ResultSet row, String topic, HeadersJson.Reader headers) throws SQLException {
        boolean isPlain = row.getInt(4) == 0;
        byte[] payload = row.getBytes(3);
        Message message = new Message(
                row.getLong(1),
                topic,
                isPlain ? null : row.getString(5),
                isPlain ? Map.of() : headers.read(row.getString(6)),
                payload == null ? NO_PAYLOAD : payload,
                Instant.ofEpochMilli(row.getLong(2)),
                isPlain ? Message.DEFAULT_PRIORITY : row.getInt(7));
        return new Logged(message, isPlain ? 0 : row.getLong(8));
    }
}
