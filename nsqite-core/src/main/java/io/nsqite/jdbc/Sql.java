package io.nsqite.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A statement's text that can be run on any connection; on a {@link StatementKeeper} it is prepared once. Immutable.
 *
 * <pre>{@code
 * private static final Sql NAME = Sql.of("SELECT name FROM topic WHERE id = ?");
 *
 * String name = NAME.first(connection, row -> row.getString(1), id);
 * }</pre>
 */
public final class Sql {

    private final String text;

    private Sql(String text) {
        this.text = text;
    }

    /** For a single statement. */
    public static Sql of(String text) {
        return new Sql(text);
    }

    /** Binds the parameters. */
    @FunctionalInterface
    public interface Binder {
        /** Binds the parameters. */
        void bind(PreparedStatement statement) throws SQLException;
    }

    /** Reads something from the current row. */
    @FunctionalInterface
    public interface RowMapper<T> {
        /** Reads the current row. */
        T map(ResultSet row) throws SQLException;
    }

    /** Reads a whole result, which is closed afterwards. */
    @FunctionalInterface
    public interface ResultReader<T> {
        /** Reads all that it wants. */
        T read(ResultSet result) throws SQLException;
    }

    /** Runs it and returns the number of changed rows. */
    public int update(Connection connection, @Nullable Object... arguments) throws SQLException {
        return updateBound(connection, statement -> bindAll(statement, arguments));
    }

    /** Runs it and returns the number of changed rows; for hot paths, without boxing. */
    public int updateBound(Connection connection, Binder binder) throws SQLException {
        return on(connection, statement -> {
            binder.bind(statement);
            return statement.executeUpdate();
        });
    }

    /** All rows. */
    public <T> List<T> list(Connection connection, RowMapper<T> mapper, @Nullable Object... arguments)
            throws SQLException {
        return query(connection, statement -> bindAll(statement, arguments), result -> {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(mapper.map(result));
            }
            return rows;
        });
    }

    /** The first row, if there is one. */
    public <T> Optional<T> first(Connection connection, RowMapper<T> mapper, @Nullable Object... arguments)
            throws SQLException {
        return query(
                connection,
                statement -> bindAll(statement, arguments),
                result -> result.next() ? Optional.of(mapper.map(result)) : Optional.empty());
    }

    /** A number from the first row of a query that always has one; SQL's NULL is 0. */
    public long number(Connection connection, @Nullable Object... arguments) throws SQLException {
        return query(connection, statement -> bindAll(statement, arguments), result -> {
            result.next();
            return result.getLong(1);
        });
    }

    /** Whether there is a row. */
    public boolean exists(Connection connection, @Nullable Object... arguments) throws SQLException {
        return query(connection, statement -> bindAll(statement, arguments), ResultSet::next);
    }

    /** Runs the query and reads its result; for hot paths, without boxing. */
    public <T> T query(Connection connection, Binder binder, ResultReader<T> reader) throws SQLException {
        return on(connection, statement -> {
            binder.bind(statement);
            try (ResultSet result = statement.executeQuery()) {
                return reader.read(result);
            }
        });
    }

    private <T> T on(Connection connection, Use<T> use) throws SQLException {
        if (connection instanceof StatementKeeper keeper) {
            return use.on(keeper.keep(text));
        }
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            return use.on(statement);
        }
    }

    private static void bindAll(PreparedStatement statement, @Nullable Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
    }

    private interface Use<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    @Override
    public String toString() {
        return text;
    }
}
