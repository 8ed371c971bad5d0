package io.nsqite.store;

import io.nsqite.jdbc.TablePrefix;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;

/** The same in tables of other names. */
class SqlitePrefixQueueStoreTests extends QueueStoreTests {

    private static final TablePrefix PREFIX = new TablePrefix("Jobs");

    @TempDir
    Path folder;

    @Override
    QueueStore store() {
        return QueueStore.sqlite(PREFIX);
    }

    @Override
    Connection open() throws SQLException {
        return SqliteFile.open(folder, PREFIX);
    }

    @Override
    void leaveOutMessages(long from, long to) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            statement.executeUpdate("DELETE FROM jobsmessage WHERE id BETWEEN %d AND %d".formatted(from, to));
        }
    }
}
