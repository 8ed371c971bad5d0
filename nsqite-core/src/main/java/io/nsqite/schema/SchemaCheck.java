package io.nsqite.schema;

import io.nsqite.jdbc.TablePrefix;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Compares what is in a database with what the scripts create, which is found out by running them in memory: so there is one place
 * only that says what the tables are.
 */
final class SchemaCheck {

    private final TablePrefix prefix;
    private final List<Migration> migrations;

    SchemaCheck(TablePrefix prefix, List<Migration> migrations) {
        this.prefix = prefix;
        this.migrations = migrations;
    }

    /**
     * Checks as much as a mode wants.
     *
     * @param version the one that is recorded there; 0 if none is
     * @throws InvalidSchemaException naming all that is missing, if anything is
     */
    void require(Connection connection, SchemaMode mode, int version) throws SQLException {
        int wantedVersion = migrations.get(migrations.size() - 1).version();
        Differences differences = differences(connection, mode);
        // a newer one that this library can live with may have other indexes and views under these names
        if (version > wantedVersion) {
            differences = differences.withoutChanged();
        }
        if (version < wantedVersion || !differences.isEmpty()) {
            throw new InvalidSchemaException(prefix, migrations, version, differences);
        }
    }

    private Differences differences(Connection connection, SchemaMode mode) throws SQLException {
        Map<String, SchemaObject> wanted = wanted();
        Map<String, SchemaObject> found = SchemaObject.all(connection, prefix);
        return mode == SchemaMode.NEVER ? Differences.ofTables(wanted, found) : Differences.between(wanted, found);
    }

    private Map<String, SchemaObject> wanted() throws SQLException {
        try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            for (Migration migration : migrations) {
                migration.run(memory, prefix);
            }
            return SchemaObject.all(memory, prefix);
        }
    }
}
