package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Appends to {@code nsqite_message}. On this driver a statement costs about three microseconds, {@code RETURNING} as much again, asking
 * for the last id a third of that, and a row more in the same statement one microsecond; so many rows share a statement, and the
 * id is asked for once.
 */
final class MessageInserts {

    /** How many rows share a statement, if there are as many. */
    private static final int MANY = 16;

    private static final int COLUMNS = 6;

    private static final String INSERT =
            "INSERT INTO nsqite_message (topic_id, priority, published_at, message_key, headers, payload) VALUES ";

    private static final String ROW = "(?, ?, ?, ?, ?, ?)";

    private static final Sql INSERT_ONE = Sql.of(INSERT + ROW);

    private static final Sql INSERT_MANY = Sql.of(INSERT + String.join(", ", Collections.nCopies(MANY, ROW)));

    /** Of this connection, in the same transaction: nobody else's. */
    private static final Sql LAST_ID = Sql.of("SELECT last_insert_rowid()");

    /** A statement of its own for what is rare, so that the common one binds no parameter more. */
    private static final Sql INSERT_WITH_OPTIONS = Sql.of("""
            INSERT INTO nsqite_message (topic_id, priority, published_at, message_key, headers, payload,
              deliver_at, deduplication_key)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (topic_id, deduplication_key) WHERE deduplication_key IS NOT NULL DO NOTHING""");

    private static final Sql FIND_DUPLICATE =
            Sql.of("SELECT id FROM nsqite_message WHERE topic_id = ? AND deduplication_key = ?");

    private MessageInserts() {}

    static Appended append(Connection transaction, NewRow row) throws SQLException {
        if (!isPlain(row)) {
            return appendWithOptions(transaction, row);
        }
        INSERT_ONE.updateBound(transaction, statement -> bind(statement, 0, row));
        return new Appended(LAST_ID.number(transaction), true);
    }

    static List<Appended> append(Connection transaction, List<NewRow> rows) throws SQLException {
        List<Appended> appended = new ArrayList<>(rows.size());
        while (appended.size() < rows.size()) {
            List<NewRow> rest = rows.subList(appended.size(), rows.size());
            if (rest.size() >= MANY && rest.subList(0, MANY).stream().allMatch(MessageInserts::isPlain)) {
                appendMany(transaction, rest, appended);
            } else {
                appended.add(append(transaction, rest.get(0)));
            }
        }
        return appended;
    }

    private static boolean isPlain(NewRow row) {
        return row.deliverAt() == null && row.deduplicationKey() == null;
    }

    /** Each row gets the id after the greatest, so the ids of a statement follow each other. */
    private static void appendMany(Connection transaction, List<NewRow> rows, List<Appended> appended)
            throws SQLException {
        INSERT_MANY.updateBound(transaction, statement -> {
            for (int i = 0; i < MANY; i++) {
                bind(statement, i * COLUMNS, rows.get(i));
            }
        });
        long last = LAST_ID.number(transaction);
        for (long id = last - MANY + 1; id <= last; id++) {
            appended.add(new Appended(id, true));
        }
    }

    private static Appended appendWithOptions(Connection transaction, NewRow row) throws SQLException {
        int stored = INSERT_WITH_OPTIONS.updateBound(transaction, statement -> {
            bind(statement, 0, row);
            statement.setObject(COLUMNS + 1, row.deliverAt());
            statement.setString(COLUMNS + 2, row.deduplicationKey());
        });
        return stored == 1
                ? new Appended(LAST_ID.number(transaction), true)
                : new Appended(FIND_DUPLICATE.number(transaction, row.topicId(), row.deduplicationKey()), false);
    }

    private static void bind(PreparedStatement statement, int offset, NewRow row) throws SQLException {
        statement.setLong(offset + 1, row.topicId());
        statement.setInt(offset + 2, row.priority());
        statement.setLong(offset + 3, row.publishedAt());
        statement.setString(offset + 4, row.key());
        statement.setString(offset + 5, HeadersJson.write(row.headers()));
        statement.setBytes(offset + 6, row.payload());
    }
}
