package io.nsqite.store;

import io.nsqite.jdbc.IdMemory;
import io.nsqite.jdbc.Sql;
import io.nsqite.message.Message;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Appends to {@code nsqite_message}. On this driver an INSERT costs some two microseconds, {@code RETURNING} about as much again,
 * asking for the last id half of that, a row more in the same statement one microsecond, and each parameter a tenth; so many rows
 * share a statement, what most messages have in common is no parameter, and the id is asked for only where it can't be known.
 */
final class MessageInserts {

    /** How many rows share a statement, if there are as many. */
    private static final int MANY = 16;

    private static final int COLUMNS = 6;

    private static final String INSERT =
            "INSERT INTO nsqite_message (topic_id, published_at, headers, payload, message_key, priority) VALUES ";

    private static final Shape COMMON = new Shape("(?, ?, ?, ?, NULL, %d)".formatted(Message.DEFAULT_PRIORITY), 4);

    private static final Shape KEYED = new Shape("(?, ?, ?, ?, ?, ?)", COLUMNS);

    /** Of this connection, in the same transaction: nobody else's. */
    private static final Sql LAST_ID = Sql.of("SELECT last_insert_rowid()");

    /** A statement of its own for what is rare, so that the common one binds no parameter more. */
    private static final Sql INSERT_WITH_OPTIONS = Sql.of("""
            INSERT INTO nsqite_message (topic_id, published_at, headers, payload, message_key, priority,
              deliver_at, deduplication_key)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (topic_id, deduplication_key) WHERE deduplication_key IS NOT NULL DO NOTHING""");

    private static final Sql FIND_DUPLICATE =
            Sql.of("SELECT id FROM nsqite_message WHERE topic_id = ? AND deduplication_key = ?");

    private MessageInserts() {}

    /** Rows with the same parameters. */
    private static final class Shape {

        private final int parameters;
        private final Sql insertOne;
        private final Sql insertMany;

        Shape(String row, int parameters) {
            this.parameters = parameters;
            insertOne = Sql.of(INSERT + row);
            insertMany = Sql.of(INSERT + String.join(", ", Collections.nCopies(MANY, row)));
        }

        static Shape of(NewRow row) {
            return row.key() == null && row.priority() == Message.DEFAULT_PRIORITY ? COMMON : KEYED;
        }

        /** Of rows that may share a statement. */
        static Shape of(List<NewRow> rows) {
            return rows.stream().allMatch(row -> of(row) == COMMON) ? COMMON : KEYED;
        }

        void insert(Connection transaction, NewRow row) throws SQLException {
            insertOne.updateBound(transaction, statement -> bind(statement, 0, row));
        }

        void insertMany(Connection transaction, List<NewRow> rows) throws SQLException {
            insertMany.updateBound(transaction, statement -> {
                for (int i = 0; i < MANY; i++) {
                    bind(statement, i * parameters, rows.get(i));
                }
            });
        }

        private void bind(PreparedStatement statement, int offset, NewRow row) throws SQLException {
            bindCommon(statement, offset, row);
            if (parameters == COLUMNS) {
                bindKey(statement, offset, row);
            }
        }
    }

    static Appended append(Connection transaction, NewRow row) throws SQLException {
        if (!isPlain(row)) {
            return appendWithOptions(transaction, row);
        }
        IdMemory memory = transaction instanceof IdMemory remembering ? remembering : null;
        long before = memory == null ? 0 : memory.rememberedId();
        Shape.of(row).insert(transaction, row);
        // each row gets the id after the greatest, and if nothing else was executed that is still the one before
        long id = before == 0 ? LAST_ID.number(transaction) : before + 1;
        if (memory != null) {
            memory.rememberId(id);
        }
        return new Appended(id, true);
    }

    static List<Appended> append(Connection transaction, List<NewRow> rows) throws SQLException {
        List<Appended> appended = new ArrayList<>(rows.size());
        while (appended.size() < rows.size()) {
            List<NewRow> rest = rows.subList(appended.size(), rows.size());
            if (rest.size() >= MANY && rest.subList(0, MANY).stream().allMatch(MessageInserts::isPlain)) {
                appendMany(transaction, rest.subList(0, MANY), appended);
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
        Shape.of(rows).insertMany(transaction, rows);
        long last = LAST_ID.number(transaction);
        for (long id = last - MANY + 1; id <= last; id++) {
            appended.add(new Appended(id, true));
        }
    }

    private static Appended appendWithOptions(Connection transaction, NewRow row) throws SQLException {
        int stored = INSERT_WITH_OPTIONS.updateBound(transaction, statement -> {
            bindCommon(statement, 0, row);
            bindKey(statement, 0, row);
            statement.setObject(COLUMNS + 1, row.deliverAt());
            statement.setString(COLUMNS + 2, row.deduplicationKey());
        });
        return stored == 1
                ? new Appended(LAST_ID.number(transaction), true)
                : new Appended(FIND_DUPLICATE.number(transaction, row.topicId(), row.deduplicationKey()), false);
    }

    private static void bindCommon(PreparedStatement statement, int offset, NewRow row) throws SQLException {
        statement.setLong(offset + 1, row.topicId());
        statement.setLong(offset + 2, row.publishedAt());
        statement.setString(offset + 3, HeadersJson.write(row.headers()));
        statement.setBytes(offset + 4, row.payload());
    }

    private static void bindKey(PreparedStatement statement, int offset, NewRow row) throws SQLException {
        statement.setString(offset + 5, row.key());
        statement.setInt(offset + 6, row.priority());
    }
}
