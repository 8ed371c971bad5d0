package io.nsqite.sqlite;

import static io.nsqite.sqlite.TestDatabase.execute;
import static io.nsqite.sqlite.TestDatabase.insert;
import static io.nsqite.sqlite.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class ReadOnlyTransactionTest {

    @TempDir
    Path folder;

    private TestDatabase database;

    @BeforeEach
    void createTable() throws Exception {
        database = TestDatabase.withTable(folder);
    }

    @Test
    void neitherWaitsForAWriterNorMakesOneWait() throws Exception {
        try (SqliteConnection writer = database.begin("busy_timeout=0");
                SqliteConnection reader = beginReadOnly();
                SqliteConnection secondReader = beginReadOnly()) {
            insert(writer);
            assertThat(number(reader, "SELECT count(*) FROM t")).isZero();
            assertThat(number(secondReader, "SELECT count(*) FROM t")).isZero();
            assertThat(reader.isTransactionActive()).isTrue();
            writer.commit();
            insert(writer);
            writer.commit();
            assertThat(number(reader, "SELECT count(*) FROM t")).isZero();
            reader.commit();
            assertThat(number(reader, "SELECT count(*) FROM t")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t (x) VALUES ('x')",
                "INSERT INTO t (x) VALUES ('x') RETURNING id",
                "CREATE TABLE other (a INTEGER)",
                "PRAGMA user_version = 5"
            })
    void cannotWrite(String sql) throws Exception {
        try (SqliteConnection reader = beginReadOnly()) {
            number(reader, "SELECT count(*) FROM t");
            assertThatThrownBy(() -> execute(reader, sql))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("readonly");
            reader.rollback();
        }
        assertThat(database.count()).isZero();
    }

    @Test
    void neverTakesThePermit() throws Exception {
        try (SqliteConnection reader = beginReadOnly()) {
            number(reader, "SELECT count(*) FROM t");

            assertThat(reader.database().permit().isHeldByCurrentThread()).isFalse();
        }
    }

    @Test
    void leavesAConnectionThatCanWrite() throws Exception {
        try (SqliteConnection connection = beginReadOnly()) {
            number(connection, "SELECT count(*) FROM t");
            connection.commit();
            connection.setReadOnly(false);
            insert(connection);
            connection.commit();

            connection.setReadOnly(true);
            number(connection, "SELECT count(*) FROM t");
            connection.rollback();
            connection.setAutoCommit(true);
            connection.setReadOnly(false);
            insert(connection);

            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            number(connection, "SELECT count(*) FROM t");
            connection.setAutoCommit(true);
            connection.setReadOnly(false);
            insert(connection);
        }
        assertThat(database.count()).isEqualTo(3);
    }

    @Test
    void cannotBecomeReadWriteWhileItIsOpen() throws Exception {
        try (SqliteConnection connection = beginReadOnly()) {
            number(connection, "SELECT count(*) FROM t");

            assertThatThrownBy(() -> connection.setReadOnly(false)).hasMessageContaining("a transaction is open");
            connection.setReadOnly(true);
            assertThat(connection.isReadOnly()).isTrue();
        }
    }

    @Test
    void aReadOnlyConnectionRefusesToWriteWithAutocommitOnToo() throws Exception {
        try (SqliteConnection connection = database.open()) {
            connection.setReadOnly(true);

            assertThatThrownBy(() -> insert(connection))
                    .isInstanceOf(ReadOnlyConnectionException.class)
                    .hasFieldOrPropertyWithValue("SQLState", "25006")
                    .hasFieldOrPropertyWithValue("errorCode", 8)
                    .hasMessageContaining("Write in a transaction or on a connection that is not read-only");
            assertThat(number(connection, "SELECT count(*) FROM t")).isZero();
            connection.setReadOnly(false);
            insert(connection);
        }
        assertThat(database.count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:sqlite:%s?open_mode=1", "jdbc:sqlite:file:%s?mode=ro"})
    void aConnectionThatTheUrlMakesReadOnlyReadsDeferred(String url) throws Exception {
        SqliteDataSource readOnly = SqliteDataSource.forUrl(url.formatted(database.file()));
        try (SqliteConnection writer = database.begin("busy_timeout=0");
                SqliteConnection reader = readOnly.getConnection()) {
            reader.setAutoCommit(false);
            insert(writer);
            assertThat(reader.isReadOnly()).isTrue();
            assertThat(number(reader, "SELECT count(*) FROM t")).isZero();
            reader.commit();
            assertThatThrownBy(() -> insert(reader)).isInstanceOf(SQLException.class);
            reader.rollback();
            reader.setAutoCommit(true);
            assertThatThrownBy(() -> insert(reader)).isInstanceOf(SQLException.class);
        }
    }

    private SqliteConnection beginReadOnly() throws SQLException {
        SqliteConnection connection = database.open("busy_timeout=0");
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        return connection;
    }
}
