package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.schema.Schema;
import io.nsqite.schema.SchemaMode;
import io.nsqite.sqlite.SqliteDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteOffsetStoreTests extends OffsetStoreTests {

    @TempDir
    Path folder;

    @Override
    QueueStore store() {
        return QueueStore.sqlite(TablePrefix.DEFAULT);
    }

    @Override
    Connection open() throws Exception {
        Connection connection = SqliteDataSource.forUrl("jdbc:sqlite:" + folder.resolve("app.db"))
                .getConnection();
        connection.setAutoCommit(false);
        Schema.ofLibrary(TablePrefix.DEFAULT, SchemaMode.ALWAYS).prepare(connection);
        connection.commit();
        return connection;
    }

    @AfterEach
    void close() throws Exception {
        transaction.close();
    }

    @Override
    long doneMarks() throws SQLException {
        return Sql.of("SELECT count(*) FROM nsqite_done").number(transaction);
    }
}
