package io.nsqite.schema;

import io.nsqite.jdbc.TablePrefix;
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
 * @param version the version that they have then, which the script itself records
 * @param oldestCompatible the version that a library must know to live with them
 * @param sql statements, each ended by a semicolon at the end of a line; names begin with <code>${prefix}</code>
 */
record Migration(int version, int oldestCompatible, String sql) {

    /** What tools for migrations replace as well. */
    private static final String PREFIX = "${prefix}";

    /** From the script for a version that lies on the class path beside this class. */
    static Migration ofScript(int version, int oldestCompatible) {
        String name = script(version);
        try (InputStream in = Objects.requireNonNull(Migration.class.getResourceAsStream(name), name)) {
            return new Migration(version, oldestCompatible, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String script(int version) {
        return "V%d.sql".formatted(version);
    }

    /** Where the script lies, for people. */
    String resource() {
        return Migration.class.getPackageName().replace('.', '/') + "/" + script(version);
    }

    void run(Connection transaction, TablePrefix prefix) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            for (String part : sql.replace(PREFIX, prefix.text()).split(";\\s*\n", -1)) {
                if (!part.isBlank()) {
                    statement.execute(part);
                }
            }
        }
    }
}
