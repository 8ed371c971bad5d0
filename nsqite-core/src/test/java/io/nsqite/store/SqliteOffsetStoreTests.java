package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

class SqliteOffsetStoreTests extends OffsetStoreTests {

    @TempDir
    Path folder;

    @Override
    QueueStore store() {
        return QueueStore.sqlite(TablePrefix.DEFAULT);
    }

    @Override
    Connection open() throws SQLException {
        return SqliteFile.open(folder, TablePrefix.DEFAULT);
    }

    @Override
    long doneMarks() throws SQLException {
        return Sql.of("SELECT count(*) FROM nsqite_done").number(transaction);
    }
}
