package io.nsqite.sqlite;

import static io.nsqite.sqlite.TestDatabase.execute;
import static io.nsqite.sqlite.TestDatabase.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConnection;

@Timeout(10)
class DelegationTest {

    @TempDir
    Path folder;

    private TestDatabase database;
    private SqliteConnection connection;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.withTable(folder);
        connection = database.open();
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
    }

    @Test
    void everythingLeadsBackToTheConnection() throws Exception {
        DatabaseMetaData metaData = connection.getMetaData();
        assertThat(metaData.getConnection()).isSameAs(connection);
        assertThat(metaData.getDatabaseProductName()).isEqualTo("SQLite");
        try (Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("SELECT 1");
                ResultSet result = prepared.executeQuery();
                ResultSet tables = metaData.getTables(null, null, "t", null)) {
            assertThat(statement.getConnection()).isSameAs(connection);
            assertThat(prepared.getConnection()).isSameAs(connection);
            assertThat(result.getStatement()).isSameAs(prepared);
            assertThat(tables.next()).isTrue();
            assertThat(tables.getString("TABLE_NAME")).isEqualTo("t");
        }
    }

    @Test
    void unwrapGivesOursOrTheDrivers() throws Exception {
        assertThat(connection.unwrap(SqliteConnection.class)).isSameAs(connection);
        assertThat(connection.isWrapperFor(SqliteConnection.class)).isTrue();
        assertThat(connection.isWrapperFor(SQLiteConnection.class)).isTrue();
        assertThat(connection.unwrap(SQLiteConnection.class).getDatabase()).isNotNull();
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.unwrap(org.sqlite.jdbc4.JDBC4Statement.class)).isNotNull();
        }
    }

    @Test
    void generatedKeysCanBeSwitchedOffForTheQueue() throws Exception {
        SqliteDataSource own = database.dataSource().withProperty("jdbc.get_generated_keys", "false");
        try (SqliteConnection ownConnection = own.getConnection();
                PreparedStatement insert = ownConnection.prepareStatement("INSERT INTO t (x) VALUES ('x')")) {
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                assertThat(keys.next()).isFalse();
            }
        }
    }

    @Test
    void aBatchOfTextsRunsOneByOneAndTellsWhatFailed() throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.addBatch("INSERT INTO t VALUES (1, 'a')");
            statement.addBatch("UPDATE t SET x = 'b'");
            assertThat(statement.executeBatch()).containsExactly(1, 1);
            assertThat(statement.executeBatch()).isEmpty();

            statement.addBatch("INSERT INTO t VALUES (2, 'a')");
            statement.addBatch("INSERT INTO t VALUES (1, 'b')");
            assertThatThrownBy(statement::executeBatch)
                    .isInstanceOf(BatchUpdateException.class)
                    .hasMessageContaining("Entry 1 of the batch failed")
                    .hasMessageContaining("UNIQUE");
        }
        assertThat(database.count()).isEqualTo(2);
    }

    @Test
    void allKindsOfValuesPass() throws Exception {
        execute(connection, "CREATE TABLE v (i INTEGER, r REAL, s TEXT, b BLOB, n TEXT)");
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO v VALUES (?, ?, ?, ?, ?)")) {
            insert.setLong(1, Long.MAX_VALUE);
            insert.setDouble(2, 0.5);
            insert.setString(3, "grüß");
            insert.setBytes(4, new byte[] {1, 2});
            insert.setNull(5, java.sql.Types.VARCHAR);
            insert.executeUpdate();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM v")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getLong("i")).isEqualTo(Long.MAX_VALUE);
            assertThat(row.getDouble(2)).isEqualTo(0.5);
            assertThat(row.getString("s")).isEqualTo("grüß");
            assertThat(row.getBytes(4)).containsExactly(1, 2);
            assertThat(row.getString(5)).isNull();
            assertThat(row.wasNull()).isTrue();
            assertThat(row.getMetaData().getColumnCount()).isEqualTo(5);
            assertThat(row.next()).isFalse();
        }
    }

    @Test
    void aResultClosesWithItsStatement() throws Exception {
        insert(connection);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM t");
        statement.close();

        assertThat(result.isClosed()).isTrue();
        assertThatThrownBy(result::next).isInstanceOf(SQLException.class);
        result.close();
        assertThat(statement.isClosed()).isTrue();
    }

    @Test
    void aKeptStatementOutlivesItsClosing() throws Exception {
        insert(connection);
        PreparedStatement kept = connection.keep("SELECT count(*) FROM t");
        for (int i = 0; i < 2; i++) {
            try (PreparedStatement same = connection.keep("SELECT count(*) FROM t");
                    ResultSet count = same.executeQuery()) {
                assertThat(same).isSameAs(kept);
                assertThat(count.next()).isTrue();
                assertThat(count.getLong(1)).isEqualTo(1);
            }
        }
    }
}
