package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.message.Message;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code nsqite_message}. */
final class MessageTable implements MessageLog {

    /** Ids begin at 1. */
    private static final long NO_ID = 0;

    private static final Sql APPEND = Sql.of("""
            INSERT INTO nsqite_message (topic_id, priority, published_at, message_key, headers, payload)
            VALUES (?, ?, ?, ?, ?, ?) RETURNING id""");

    /** A statement of its own for what is rare, so that the common one binds no parameter more. */
    private static final Sql APPEND_WITH_OPTIONS = Sql.of("""
            INSERT INTO nsqite_message (topic_id, priority, published_at, message_key, headers, payload,
              deliver_at, deduplication_key)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (topic_id, deduplication_key) WHERE deduplication_key IS NOT NULL DO NOTHING
            RETURNING id""");

    private static final Sql FIND_DUPLICATE =
            Sql.of("SELECT id FROM nsqite_message WHERE topic_id = ? AND deduplication_key = ?");

    private static final Sql NEWEST = Sql.of("SELECT max(id) FROM nsqite_message");

    /** The unary plus keeps the planner on the range of ids. */
    private static final Sql READ = Sql.of("""
            SELECT id, published_at, message_key, headers, payload, priority FROM nsqite_message
            WHERE id > ? AND id <= ? AND +topic_id = ? AND +priority = 4 ORDER BY id LIMIT ?""");

    /** Without {@code priority <> 4} the partial index would not be used and the whole table be scanned. */
    private static final Sql READ_PRIORITY = Sql.of("""
            SELECT id, published_at, message_key, headers, payload, priority FROM nsqite_message
            WHERE id > ? AND id <= ? AND topic_id = ? AND priority <> 4 AND priority = ? ORDER BY id LIMIT ?""");

    private static final Sql FIND =
            Sql.of("SELECT id, published_at, message_key, headers, payload, priority FROM nsqite_message WHERE id = ?");

    @Override
    public long append(Connection transaction, NewRow row) throws SQLException {
        if (row.deliverAt() != null || row.deduplicationKey() != null) {
            return appendOnce(transaction, row).id();
        }
        return APPEND.query(transaction, statement -> bind(statement, row), result -> {
            result.next();
            return result.getLong(1);
        });
    }

    private static void bind(PreparedStatement statement, NewRow row) throws SQLException {
        statement.setLong(1, row.topicId());
        statement.setInt(2, row.priority());
        statement.setLong(3, row.publishedAt());
        statement.setString(4, row.key());
        statement.setString(5, HeadersJson.write(row.headers()));
        statement.setBytes(6, row.payload());
    }

    @Override
    public Appended appendOnce(Connection transaction, NewRow row) throws SQLException {
        long id = APPEND_WITH_OPTIONS.query(
                transaction,
                statement -> {
                    bind(statement, row);
                    statement.setObject(7, row.deliverAt());
                    statement.setString(8, row.deduplicationKey());
                },
                result -> result.next() ? result.getLong(1) : NO_ID);
        if (id != NO_ID) {
            return new Appended(id, true);
        }
        return new Appended(FIND_DUPLICATE.number(transaction, row.topicId(), row.deduplicationKey()), false);
    }

    @Override
    public long newestId(Connection connection) throws SQLException {
        return NEWEST.number(connection);
    }

    @Override
    public List<Message> read(Connection connection, Stretch stretch) throws SQLException {
        boolean straight = stretch.priority() == Message.DEFAULT_PRIORITY;
        return (straight ? READ : READ_PRIORITY)
                .query(
                        connection,
                        statement -> {
                            int parameter = 0;
                            statement.setLong(++parameter, stretch.after());
                            statement.setLong(++parameter, stretch.upTo());
                            statement.setLong(++parameter, stretch.topicId());
                            if (!straight) {
                                statement.setInt(++parameter, stretch.priority());
                            }
                            statement.setInt(++parameter, stretch.maxRows());
                        },
                        result -> messages(result, stretch));
    }

    private static List<Message> messages(ResultSet result, Stretch stretch) throws SQLException {
        List<Message> messages = new ArrayList<>();
        long bytes = 0;
        while (bytes < stretch.maxBytes() && result.next()) {
            Message message = message(result, stretch.topic());
            bytes += message.payload().length;
            messages.add(message);
        }
        return messages;
    }

    @Override
    public Optional<Message> find(Connection connection, String topic, long id) throws SQLException {
        return FIND.first(connection, row -> message(row, topic), id);
    }

    private static Message message(ResultSet row, String topic) throws SQLException {
        return new Message(
                row.getLong(1),
                topic,
                row.getString(3),
                HeadersJson.read(row.getString(4)),
                row.getBytes(5),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getInt(6));
    }
}
