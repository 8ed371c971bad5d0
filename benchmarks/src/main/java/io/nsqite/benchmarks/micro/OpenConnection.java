package io.nsqite.benchmarks.micro;

import io.nsqite.benchmarks.bare.BareTable;
import io.nsqite.benchmarks.harness.TemporaryFolder;
import io.nsqite.sqlite.SqliteDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A connection to a database of its own, at the level NORMAL. */
record OpenConnection(TemporaryFolder folder, String url, Connection connection) implements AutoCloseable {

    static OpenConnection of(Side side) throws IOException, SQLException {
        TemporaryFolder folder = TemporaryFolder.in(Path.of(System.getProperty("java.io.tmpdir")));
        String url = "jdbc:sqlite:%s?journal_mode=WAL&synchronous=NORMAL&jdbc.get_generated_keys=false"
                .formatted(folder.path().resolve("micro.db"));
        Connection connection =
                side == Side.REPAIRED ? SqliteDataSource.forUrl(url).getConnection() : DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(BareTable.BUSINESS.create());
        }
        return new OpenConnection(folder, url, connection);
    }

    @Override
    public void close() throws IOException, SQLException {
        connection.close();
        folder.close();
    }
}
