package io.nsqite.sqlite;

import io.nsqite.sqlite.UnsuitableDatabaseException.Problem;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A database file, as this process sees it: the same object for all connections to the same file, whatever relative path, link or URL
 * led to it, as long as one of them is open. Safe for use by many threads.
 */
public final class SqliteDatabase {

    private static final ConcurrentHashMap<Path, SqliteDatabase> OPEN = new ConcurrentHashMap<>();

    private final Path path;
    private final WritePermit permit;
    private final Sharing sharing;
    private final ReentrantLock journalLock = new ReentrantLock();
    private boolean walChosen;
    private int connections;

    private SqliteDatabase(Path path) {
        this.path = path;
        this.permit = new WritePermit(path);
        this.sharing = new Sharing(path, permit.turnstile());
    }

    /** Where the file is, with all links resolved. */
    public Path path() {
        return path;
    }

    /** The permit to write. */
    public WritePermit permit() {
        return permit;
    }

    /** What is known of other processes that write to it. */
    public Sharing sharing() {
        return sharing;
    }

    @Override
    public String toString() {
        return path.toString();
    }

    /** One connection more to this file. */
    static SqliteDatabase enter(Path path) {
        return OPEN.compute(path, (key, open) -> {
            SqliteDatabase database = open == null ? new SqliteDatabase(key) : open;
            database.connections++;
            return database;
        });
    }

    /** One connection less. */
    void leave() {
        OPEN.computeIfPresent(path, (key, open) -> --open.connections == 0 ? null : open);
    }

    /**
     * Sees to it that the file is in WAL mode. That is kept in the file and can only be changed while nobody else uses it, and SQLite
     * does not wait for that, so only the first connection does it, patiently.
     */
    void chooseWal(Connection driverConnection, Patience patience) throws SQLException {
        journalLock.lock();
        try {
            if (!walChosen) {
                String mode = patience.whileBusy(() -> switchToWal(driverConnection));
                if (!mode.equalsIgnoreCase("wal")) {
                    throw new UnsuitableDatabaseException(
                            Problem.JOURNAL_MODE,
                            "%s is to be in journal mode WAL, but stays in mode %s.".formatted(path, mode),
                            "Move it to a file system that can do WAL, which those of a network can't, or say journal_mode=%s in the URL."
                                    .formatted(mode));
                }
                walChosen = true;
            }
        } finally {
            journalLock.unlock();
        }
    }

    private static String switchToWal(Connection driverConnection) throws SQLException {
        try (Statement statement = driverConnection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA journal_mode=WAL")) {
            return result.getString(1);
        }
    }
}
