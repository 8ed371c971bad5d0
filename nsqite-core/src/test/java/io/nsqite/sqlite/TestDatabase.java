package io.nsqite.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A database file of one test, with the ways to it: through this library, and with the bare driver as a stranger would. */
final class TestDatabase {

    private final Path file;

    TestDatabase(Path folder) {
        this.file = folder.resolve("test.db");
    }

    /** With a table {@code t(id, x)} in it. */
    static TestDatabase withTable(Path folder) throws SQLException {
        TestDatabase database = new TestDatabase(folder);
        database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT)");
        return database;
    }

    Path file() {
        return file;
    }

    SqliteDataSource dataSource(String... parameters) {
        String query = parameters.length == 0 ? "" : "?" + String.join("&", parameters);
        return SqliteDataSource.forUrl("jdbc:sqlite:" + file + query);
    }

    SqliteConnection open(String... parameters) throws SQLException {
        return dataSource(parameters).getConnection();
    }

    /** With autocommit off. */
    SqliteConnection begin(String... parameters) throws SQLException {
        SqliteConnection connection = open(parameters);
        connection.setAutoCommit(false);
        return connection;
    }

    Connection openWithBareDriver() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=0");
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = open()) {
            execute(connection, sql);
        }
    }

    long count() throws SQLException {
        try (Connection connection = openWithBareDriver()) {
            return number(connection, "SELECT count(*) FROM t");
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static void insert(Connection connection) throws SQLException {
        execute(connection, "INSERT INTO t (x) VALUES ('x')");
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.getLong(1);
        }
    }

    static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.getString(1);
        }
    }
}
