package io.nsqite.schema;

import io.nsqite.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the tables, checks their version, and upgrades them while no process lives that could not live with the new ones. Immutable.
 */
public final class Schema {

    private static final Logger log = LoggerFactory.getLogger(Schema.class);
    private static final Schema OF_LIBRARY = new Schema(List.of(Migration.ofScript(1, 1)));
    private static final Sql PRESENT =
            Sql.of("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'nsqite_schema'");
    private static final Sql NEEDED_VERSION = Sql.of("SELECT max(oldest_compatible_version) FROM nsqite_schema");
    private static final Sql FOUND_VERSION = Sql.of("SELECT max(version) FROM nsqite_schema");
    private static final Sql RECORD = Sql.of("""
            UPDATE nsqite_schema
            SET version = ?, oldest_compatible_version = max(oldest_compatible_version, ?)""");

    private final List<Migration> migrations;

    /** @param migrations from version 1 on, without gaps */
    Schema(List<Migration> migrations) {
        this.migrations = List.copyOf(migrations);
    }

    /** The tables that this library uses. */
    public static Schema ofLibrary() {
        return OF_LIBRARY;
    }

    /**
     * Creates the tables of this library if there are none, and checks their version.
     *
     * @param connection with auto-commit off; the write lock is taken, so that of several processes one creates them
     * @throws SchemaVersionException if they are too new for this library
     */
    public static void initialize(Connection connection) throws SQLException {
        OF_LIBRARY.createIfAbsent(connection);
        connection.commit();
    }

    /** The version that is created, and the newest that is known. */
    public int version() {
        return newest().version();
    }

    private Migration newest() {
        return migrations.get(migrations.size() - 1);
    }

    /**
     * Creates the tables if there are none, and checks their version, in the caller's transaction.
     *
     * @throws SchemaVersionException if they are too new for this library
     */
    public void createIfAbsent(Connection transaction) throws SQLException {
        if (PRESENT.exists(transaction)) {
            check(transaction);
            return;
        }
        run(transaction, migrations);
        log.info("Created the nsqite tables, version {}", version());
    }

    /**
     * Upgrades the tables if they are older than this library's, in the transaction in which the caller registers as their user.
     *
     * @throws SchemaVersionException if they are too new for this library
     * @throws SchemaUpgradeException if a process lives that can't live with the new ones; nothing is changed then
     */
    public void upgrade(Connection transaction, TableUsers others) throws SQLException {
        check(transaction);
        int found = (int) FOUND_VERSION.number(transaction);
        if (found >= version()) {
            return;
        }
        for (Migration step : missing(found)) {
            List<TableUsers.User> tooOld = others.notKnowing(transaction, step.oldestCompatible());
            if (!tooOld.isEmpty()) {
                throw new SchemaUpgradeException(found, step, tooOld);
            }
        }
        run(transaction, missing(found));
        log.info("Upgraded the nsqite tables from version {} to {}", found, version());
    }

    private List<Migration> missing(int found) {
        return migrations.stream()
                .filter(migration -> migration.version() > found)
                .toList();
    }

    private static void run(Connection transaction, List<Migration> steps) throws SQLException {
        for (Migration step : steps) {
            step.run(transaction);
            RECORD.update(transaction, step.version(), step.oldestCompatible());
        }
    }

    private void check(Connection transaction) throws SQLException {
        int needed = (int) NEEDED_VERSION.number(transaction);
        if (needed > version()) {
            throw new SchemaVersionException(needed, version());
        }
    }
}
