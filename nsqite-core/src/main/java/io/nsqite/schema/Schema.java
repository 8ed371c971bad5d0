package io.nsqite.schema;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the tables, checks them, and upgrades them while no process lives that could not live with the new ones; as far as its mode
 * lets it. Immutable.
 */
public final class Schema {

    private static final Logger log = LoggerFactory.getLogger(Schema.class);
    private static final List<Migration> OF_LIBRARY = List.of(Migration.ofScript(1, 1));
    private static final Sql COLUMNS_OF_VERSIONS = Sql.of("""
            SELECT count(*) FROM pragma_table_info(?) WHERE lower(name) IN ('version', 'oldest_compatible_version')""");

    private final TablePrefix prefix;
    private final SchemaMode mode;
    private final List<Migration> migrations;
    private final Sql neededVersion;
    private final Sql foundVersion;

    /** @param migrations from version 1 on, without gaps */
    Schema(TablePrefix prefix, SchemaMode mode, List<Migration> migrations) {
        this.prefix = prefix;
        this.mode = mode;
        this.migrations = List.copyOf(migrations);
        neededVersion = prefix.sql("SELECT max(oldest_compatible_version) FROM {schema}");
        foundVersion = prefix.sql("SELECT max(version) FROM {schema}");
    }

    /** The tables that this library uses, with names that begin like this. */
    public static Schema ofLibrary(TablePrefix prefix, SchemaMode mode) {
        return new Schema(prefix, mode, OF_LIBRARY);
    }

    /** What the names of the tables begin with. */
    public TablePrefix prefix() {
        return prefix;
    }

    /** The version that is created, and the newest that is known. */
    public int version() {
        return migrations.get(migrations.size() - 1).version();
    }

    /**
     * Does in the caller's transaction what the mode says: creates the tables if there are none, or checks those that there are.
     *
     * @throws SchemaVersionException if they are too new for this library
     * @throws InvalidSchemaException if they should be there and are not, or not as they are needed
     */
    public void prepare(Connection transaction) throws SQLException {
        boolean present = isPresent(transaction);
        if (present) {
            refuseTooNew(transaction);
        }
        if (mode != SchemaMode.ALWAYS) {
            new SchemaCheck(prefix, migrations).require(transaction, mode, present ? found(transaction) : 0);
        } else if (!present) {
            run(transaction, migrations);
            log.info("Created the nsqite tables {}*, version {}", prefix, version());
        }
    }

    /**
     * Upgrades the tables if they are older than this library's and the mode allows it, in the transaction in which the caller registers
     * as their user.
     *
     * @throws SchemaVersionException if they are too new for this library
     * @throws InvalidSchemaException if they are too old for it, and it is not to upgrade them
     * @throws SchemaUpgradeException if a process lives that can't live with the new ones; nothing is changed then
     */
    public void upgrade(Connection transaction, TableUsers others) throws SQLException {
        refuseTooNew(transaction);
        int found = found(transaction);
        if (found >= version()) {
            return;
        }
        if (mode != SchemaMode.ALWAYS) {
            throw new InvalidSchemaException(prefix, migrations, found, Differences.NONE);
        }
        for (Migration step : missing(found)) {
            List<TableUsers.User> tooOld = others.notKnowing(transaction, step.oldestCompatible());
            if (!tooOld.isEmpty()) {
                throw new SchemaUpgradeException(prefix, found, step, tooOld);
            }
        }
        run(transaction, missing(found));
        log.info("Upgraded the nsqite tables {}* from version {} to {}", prefix, found, version());
    }

    private boolean isPresent(Connection transaction) throws SQLException {
        return COLUMNS_OF_VERSIONS.number(transaction, prefix.in("{schema}")) == 2;
    }

    private int found(Connection transaction) throws SQLException {
        return (int) foundVersion.number(transaction);
    }

    private List<Migration> missing(int found) {
        return migrations.stream()
                .filter(migration -> migration.version() > found)
                .toList();
    }

    private void run(Connection transaction, List<Migration> steps) throws SQLException {
        for (Migration step : steps) {
            step.run(transaction, prefix);
        }
    }

    private void refuseTooNew(Connection transaction) throws SQLException {
        int needed = (int) neededVersion.number(transaction);
        if (needed > version()) {
            throw new SchemaVersionException(prefix, needed, version());
        }
    }
}
