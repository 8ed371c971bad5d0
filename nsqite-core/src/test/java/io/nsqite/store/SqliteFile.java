package io.nsqite.store;

import io.nsqite.jdbc.TablePrefix;
import io.nsqite.schema.Schema;
import io.nsqite.schema.SchemaMode;
import io.nsqite.sqlite.SqliteDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** A database with the tables and nothing in them. */
final class SqliteFile {

    private SqliteFile() {}

    /** Opens it, with auto-commit off. */
    static Connection open(Path folder, TablePrefix prefix) throws SQLException {
        Connection connection = SqliteDataSource.forUrl("jdbc:sqlite:" + folder.resolve("app.db"))
                .getConnection();
        connection.setAutoCommit(false);
        Schema.ofLibrary(prefix, SchemaMode.ALWAYS).prepare(connection);
        connection.commit();
        return connection;
    }
}
