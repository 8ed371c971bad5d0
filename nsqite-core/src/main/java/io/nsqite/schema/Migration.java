package io.nsqite.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/**
 * How the tables get from one version to the next; the first one creates them.
 *
 * @param version the version that they have then
 * @param oldestCompatible the version that a library must know to live with them
 * @param sql statements, each ended by a semicolon at the end of a line
 */
record Migration(int version, int oldestCompatible, String sql) {

    /** From the script for a version that lies on the class path beside this class. */
    static Migration ofScript(int version, int oldestCompatible) {
        String name = "sqlite-v%d.sql".formatted(version);
        try (InputStream in = Objects.requireNonNull(Migration.class.getResourceAsStream(name), name)) {
            return new Migration(version, oldestCompatible, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void run(Connection transaction) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            for (String part : sql.split(";\\s*\n", -1)) {
                if (!part.isBlank()) {
                    statement.execute(part);
                }
            }
        }
    }
}
