package io.nsqite.schema;

import io.nsqite.jdbc.Sql;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the tables and checks their version. The SQL lies on the class path beside this class. */
public final class Schema {

    /** The version that this library creates, and the newest that it knows. */
    public static final int VERSION = 1;

    private static final Logger log = LoggerFactory.getLogger(Schema.class);
    private static final Sql PRESENT =
            Sql.of("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'nsqite_schema'");
    private static final Sql NEEDED_VERSION = Sql.of("SELECT max(oldest_compatible_version) FROM nsqite_schema");

    private Schema() {}

    /**
     * Creates the tables if there are none, and checks their version.
     *
     * @param connection with auto-commit off; the write lock is taken, so that of several processes one creates them
     * @throws SchemaVersionException if they are too new for this library
     */
    public static void initialize(Connection connection) throws SQLException {
        if (!PRESENT.exists(connection)) {
            create(connection);
        }
        check(connection);
        connection.commit();
    }

    /**
     * Checks the version, in the caller's transaction.
     *
     * @throws SchemaVersionException if the tables are too new for this library
     */
    public static void check(Connection connection) throws SQLException {
        int needed = (int) NEEDED_VERSION.number(connection);
        if (needed > VERSION) {
            throw new SchemaVersionException(needed, VERSION);
        }
    }

    private static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : script(VERSION).split(";\\s*\n", -1)) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
        log.info("Created the nsqite tables, version {}", VERSION);
    }

    private static String script(int version) {
        String name = "sqlite-v%d.sql".formatted(version);
        try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
