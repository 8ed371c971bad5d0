package io.nsqite.spring.integration;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Another program that is in the middle of writing to the database, until it is closed. */
final class Writing implements AutoCloseable {

    private final Connection connection;

    private Writing(Connection connection) {
        this.connection = connection;
    }

    static Writing to(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=5000");
            statement.execute("BEGIN IMMEDIATE");
        }
        return new Writing(connection);
    }

    @Override
    public void close() throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        }
    }
}
