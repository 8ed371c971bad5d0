package io.nsqite.store;

import io.nsqite.jdbc.IdMemory;
import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
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
final class MessageInserts extends PrefixedTables {

    /** How many rows share a statement, if there are as many. */
    private static final int MANY = 16;

    private static final int COLUMNS = 6;

    private static final String INSERT =
            "INSERT INTO {message} (topic_id, published_at, headers, payload, message_key, priority) VALUES ";

    private final Shape common = shape("(?, ?, ?, ?, NULL, %d)".formatted(Message.DEFAULT_PRIORITY), 4);

    private final Shape keyed = shape("(?, ?, ?, ?, ?, ?)", COLUMNS);

    /** Of this connection, in the same transaction: nobody else's. */
    private final Sql lastId = sql("SELECT last_insert_rowid()");

    /** A statement of its own for what is rare, so that the common one binds no parameter more. */
    private final Sql insertWithOptions = sql("""
            INSERT INTO {message} (topic_id, published_at, headers, payload, message_key, priority,
              deliver_at, deduplication_key)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (topic_id, deduplication_key) WHERE deduplication_key IS NOT NULL DO NOTHING""");

    private final Sql findDuplicate = sql("SELECT id FROM {message} WHERE topic_id = ? AND deduplication_key = ?");

    MessageInserts(TablePrefix prefix) {
        super(prefix);
    }

    private Shape shape(String row, int parameters) {
        String rows = String.join(", ", Collections.nCopies(MANY, row));
        return new Shape(parameters, sql(INSERT + row), sql(INSERT + rows));
    }

    private Shape shapeOf(NewRow row) {
        return isCommon(row) ? common : keyed;
    }

    /** Of rows that may share a statement. */
    private Shape shapeOf(List<NewRow> rows) {
        return rows.stream().allMatch(MessageInserts::isCommon) ? common : keyed;
    }

    private static boolean isCommon(NewRow row) {
        return row.key() == null && row.priority() == Message.DEFAULT_PRIORITY;
    }

    /** Rows with the same parameters. */
    private record Shape(int parameters, Sql insertOne, Sql insertMany) {

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

    Appended append(Connection transaction, NewRow row) throws SQLException {
        if (!isPlain(row)) {
            return appendWithOptions(transaction, row);
        }
        IdMemory memory = transaction instanceof IdMemory remembering ? remembering : null;
        long before = memory == null ? 0 : memory.rememberedId(this);
        shapeOf(row).insert(transaction, row);
        // each row gets the id after the greatest, and if nothing else was executed that is still the one before
        long id = before == 0 ? lastId.number(transaction) : before + 1;
        if (memory != null) {
            memory.rememberId(this, id);
        }
        return new Appended(id, true);
    }

    List<Appended> append(Connection transaction, List<NewRow> rows) throws SQLException {
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
    private void appendMany(Connection transaction, List<NewRow> rows, List<Appended> appended) throws SQLException {
        shapeOf(rows).insertMany(transaction, rows);
        long last = lastId.number(transaction);
        for (long id = last - MANY + 1; id <= last; id++) {
            appended.add(new Appended(id, true));
        }
    }

    private Appended appendWithOptions(Connection transaction, NewRow row) throws SQLException {
        int stored = insertWithOptions.updateBound(transaction, statement -> {
            bindCommon(statement, 0, row);
            bindKey(statement, 0, row);
            statement.setObject(COLUMNS + 1, row.deliverAt());
            statement.setString(COLUMNS + 2, row.deduplicationKey());
        });
        return stored == 1
                ? new Appended(lastId.number(transaction), true)
                : new Appended(findDuplicate.number(transaction, row.topicId(), row.deduplicationKey()), false);
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
