package io.nsqite.benchmarks.bare;

import io.nsqite.benchmarks.harness.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A connection of the plain driver, used as well as it can be: WAL, a cache of 8 MB as the queue has, no look-up of generated keys,
 * and BEGIN IMMEDIATE and COMMIT prepared once. Not safe for use by several threads.
 */
public final class BareConnection implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement begin;
    private final PreparedStatement commit;

    private BareConnection(Connection connection) throws SQLException {
        this.connection = connection;
        begin = connection.prepareStatement("BEGIN IMMEDIATE");
        commit = connection.prepareStatement("COMMIT");
    }

    /** Opens a database, which is created if there is none. Waits for other writers as SQLite does, for 5 s. */
    public static BareConnection open(Path database, Level level) throws SQLException {
        String url =
                "jdbc:sqlite:%s?journal_mode=WAL&synchronous=%s&cache_size=-8000&busy_timeout=5000&jdbc.get_generated_keys=false";
        return new BareConnection(DriverManager.getConnection(url.formatted(database, level)));
    }

    /** Begins a transaction that will write. */
    public void begin() throws SQLException {
        begin.executeUpdate();
    }

    /** Commits it. */
    public void commit() throws SQLException {
        commit.executeUpdate();
    }

    /** Runs a statement once. */
    public void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** The number that a query finds. */
    public long number(String query) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(query)) {
            return result.getLong(1);
        }
    }

    /** Prepares a statement, to be kept. */
    public PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
