package io.nsqite.sqlite;

import io.nsqite.sqlite.UnsuitableDatabaseException.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Opens a connection of the driver and makes it one of ours. */
final class ConnectionOpener {

    private static final int SQLITE_READONLY = 8;
    private static final int SQLITE_NOTADB = 26;

    private final SqliteDataSource dataSource;
    private final ConnectionSettings settings;
    private final DatabaseLocation location;

    ConnectionOpener(SqliteDataSource dataSource) {
        this.dataSource = dataSource;
        this.settings = new ConnectionSettings(dataSource.url(), dataSource.properties());
        this.location = new DatabaseLocation(settings);
    }

    /** What can be seen without opening anything. */
    @Nullable
    Path check() {
        settings.refuseTransactionMode();
        settings.busyTimeout();
        location.refuseMemory();
        return location.realPath();
    }

    /** The folder matters as well: the log and its index lie beside the file. */
    void checkWritable() {
        Path file = check();
        if (settings.isReadOnly()) {
            throw readOnly("The database is to be written to, but URL or properties open %s for reading only."
                    .formatted(settings.fileName()));
        }
        if (file != null && Files.exists(file) && !Files.isWritable(file)) {
            throw readOnly("The database is to be written to, but the file %s is not writable for this process."
                    .formatted(file));
        }
        if (file != null && file.getParent() != null && !Files.isWritable(file.getParent())) {
            throw readOnly(
                    "The database is to be written to, with a log beside it, but the folder %s is not writable for this process."
                            .formatted(file.getParent()));
        }
    }

    private static UnsuitableDatabaseException readOnly(String found) {
        return new UnsuitableDatabaseException(
                Problem.READ_ONLY, found, "Allow writing, or use another database for what has to be written.");
    }

    SqliteConnection open() throws SQLException {
        Path expected = check();
        Driver driver = driver();
        if (expected == null) {
            return openAnywhere(driver);
        }
        // before the file is touched: closing it again would drop the other copy's locks
        DriverRegistry.enter(expected, driver.getClass());
        try {
            return openAnywhere(driver);
        } finally {
            DriverRegistry.leave(expected);
        }
    }

    private SqliteConnection openAnywhere(Driver driver) throws SQLException {
        Patience patience = new Patience(settings.busyTimeout());
        Connection connection = connect(driver, patience);
        try {
            Path path = pathOf(connection);
            DriverRegistry.enter(path, driver.getClass());
            try {
                return repaired(connection, path, patience);
            } catch (Throwable e) {
                DriverRegistry.leave(path);
                throw e;
            }
        } catch (Throwable e) {
            closeAfter(e, connection);
            throw e;
        }
    }

    private SqliteConnection repaired(Connection connection, Path path, Patience patience) throws SQLException {
        SqliteDatabase database = SqliteDatabase.enter(path);
        try {
            chooseJournal(database, connection, patience);
            keepDriverFromBeginning(connection);
            return new GuardedConnection(dataSource, settings, database, connection);
        } catch (Throwable e) {
            database.leave();
            throw e;
        }
    }

    private void chooseJournal(SqliteDatabase database, Connection connection, Patience patience) throws SQLException {
        if (!settings.wantsWal() || settings.isReadOnly()) {
            return;
        }
        try {
            database.chooseWal(connection, patience);
        } catch (SQLException e) {
            // a file that can only be read keeps the mode it has
            if (e.getErrorCode() != SQLITE_READONLY) {
                throw e;
            }
        }
    }

    /**
     * From here on the driver believes itself inside a transaction: it never begins one, never probes for one after a statement, and all
     * BEGIN, COMMIT and ROLLBACK are ours.
     */
    private static void keepDriverFromBeginning(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        }
    }

    private Connection connect(Driver driver, Patience patience) throws SQLException {
        try {
            return patience.whileBusy(() -> connect(driver));
        } catch (SQLException e) {
            if (e.getErrorCode() == SQLITE_NOTADB) {
                throw notADatabase();
            }
            throw e;
        }
    }

    private Connection connect(Driver driver) throws SQLException {
        Connection connection = driver.connect(settings.driverUrl(), settings.driverProperties());
        if (connection == null) {
            throw new SQLException(
                    "The driver %s does not know the URL %s; correct the URL, or look for another driver of that name"
                            .formatted(driver.getClass().getName(), dataSource.url()));
        }
        return connection;
    }

    private static Path pathOf(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet databases = statement.executeQuery("PRAGMA database_list")) {
            while (databases.next()) {
                String file = databases.getString("file");
                if ("main".equals(databases.getString("name")) && file != null && !file.isEmpty()) {
                    return DatabaseLocation.realPath(file);
                }
            }
        }
        throw DatabaseLocation.inMemory();
    }

    private Driver driver() {
        loadDriver(ConnectionOpener.class.getClassLoader());
        loadDriver(Thread.currentThread().getContextClassLoader());
        try {
            return DriverManager.getDriver(ConnectionSettings.PREFIX);
        } catch (SQLException e) {
            throw new UnsuitableDatabaseException(
                    Problem.NO_DRIVER,
                    "There is no driver for " + ConnectionSettings.PREFIX + " on the class path.",
                    "Add the dependency org.xerial:sqlite-jdbc.");
        }
    }

    /** Drivers register when they are loaded; the JDK only does it for those that its first caller could see. */
    private static void loadDriver(@Nullable ClassLoader loader) {
        try {
            Class.forName("org.sqlite.JDBC", true, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            // then another one has it, or none
        }
    }

    private UnsuitableDatabaseException notADatabase() {
        return new UnsuitableDatabaseException(
                Problem.NOT_A_DATABASE,
                "The URL leads to %s, which is not a SQLite database (or an encrypted one)."
                        .formatted(settings.fileName()),
                "Correct the URL, or move the file away.");
    }

    private static void closeAfter(Throwable failure, Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
