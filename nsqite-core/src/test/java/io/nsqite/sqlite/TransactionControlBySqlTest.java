package io.nsqite.sqlite;

import static io.nsqite.sqlite.TestDatabase.execute;
import static io.nsqite.sqlite.TestDatabase.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class TransactionControlBySqlTest {

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

    @ParameterizedTest
    @ValueSource(strings = {"BEGIN", "begin transaction", "BEGIN IMMEDIATE", "BEGIN DEFERRED", "BEGIN EXCLUSIVE"})
    void aBeginTakesThePermitAndACommitGivesItBack(String begin) throws Exception {
        execute(connection, begin);
        assertThat(connection.isTransactionActive()).isTrue();
        assertThat(holdsPermit()).isTrue();
        insert(connection);
        insert(connection);
        assertThat(database.count()).isZero();
        execute(connection, "COMMIT");

        assertThat(database.count()).isEqualTo(2);
        assertThat(connection.isTransactionActive()).isFalse();
        assertThat(holdsPermit()).isFalse();
    }

    @Test
    void aRollbackGivesItBack() throws Exception {
        execute(connection, "BEGIN");
        insert(connection);
        execute(connection, "ROLLBACK");

        assertThat(holdsPermit()).isFalse();
        insert(connection);
        assertThat(database.count()).isEqualTo(1);
    }

    @Test
    void preparedOnesDoTheSame() throws Exception {
        try (PreparedStatement begin = connection.prepareStatement("BEGIN");
                PreparedStatement end = connection.prepareStatement("END")) {
            assertThat(begin.execute()).isFalse();
            assertThat(holdsPermit()).isTrue();
            insert(connection);
            assertThat(end.executeUpdate()).isZero();
            assertThat(holdsPermit()).isFalse();
        }
        assertThat(database.count()).isEqualTo(1);
    }

    @Test
    void aScriptMayBeginAndCommit() throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("BEGIN; INSERT INTO t (x) VALUES ('a'); COMMIT; INSERT INTO t (x) VALUES ('b')");
        }

        assertThat(holdsPermit()).isFalse();
        assertThat(database.count()).isEqualTo(2);
    }

    @Test
    void theStatementCanBeAskedAboutItsExecution() throws Exception {
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.execute("BEGIN")).isFalse();
            assertThat(statement.getUpdateCount()).isNotNegative();
            assertThat(statement.getResultSet()).isNull();
            assertThat(statement.execute("COMMIT")).isFalse();
            assertThat(statement.getUpdateCount()).isNotNegative();
        }
    }

    @Test
    void theOutermostSavepointIsATransaction() throws Exception {
        execute(connection, "SAVEPOINT outside");
        assertThat(holdsPermit()).isTrue();
        insert(connection);
        execute(connection, "SAVEPOINT inside");
        insert(connection);
        execute(connection, "ROLLBACK TO inside");
        execute(connection, "RELEASE inside");
        assertThat(holdsPermit()).isTrue();
        assertThat(database.count()).isZero();
        execute(connection, "RELEASE outside");

        assertThat(holdsPermit()).isFalse();
        assertThat(connection.isTransactionActive()).isFalse();
        assertThat(database.count()).isEqualTo(1);
        insert(connection);
        assertThat(database.count()).isEqualTo(2);
    }

    @Test
    void withAutocommitOffASavepointIsPartOfTheTransaction() throws Exception {
        connection.setAutoCommit(false);
        execute(connection, "SAVEPOINT s");
        insert(connection);
        execute(connection, "RELEASE s");
        assertThat(holdsPermit()).isTrue();
        connection.rollback();

        assertThat(holdsPermit()).isFalse();
        assertThat(database.count()).isZero();
    }

    @Test
    void withAutocommitOffTheyDriveTheTransactionToo() throws Exception {
        connection.setAutoCommit(false);
        execute(connection, "BEGIN");
        insert(connection);
        execute(connection, "COMMIT");
        assertThat(connection.hasTransactionEnded()).isTrue();
        assertThat(holdsPermit()).isFalse();
        insert(connection);
        execute(connection, "ROLLBACK");

        assertThat(holdsPermit()).isFalse();
        assertThat(database.count()).isEqualTo(1);
    }

    @Test
    void whatMakesNoSenseIsSaidBySqlite() throws Exception {
        assertThatThrownBy(() -> execute(connection, "COMMIT")).hasMessageContaining("no transaction is active");
        assertThatThrownBy(() -> execute(connection, "ROLLBACK")).hasMessageContaining("no transaction is active");
        execute(connection, "BEGIN");
        assertThatThrownBy(() -> execute(connection, "BEGIN")).hasMessageContaining("within a transaction");
        assertThat(connection.isTransactionActive()).isTrue();
        execute(connection, "ROLLBACK");
        assertThat(holdsPermit()).isFalse();
    }

    @Test
    void closingRollsBackWhatSqlBegan() throws Exception {
        execute(connection, "BEGIN");
        insert(connection);
        connection.close();

        assertThat(holdsPermit()).isFalse();
        assertThat(database.count()).isZero();
    }

    @Test
    void switchingAutocommitOffCommitsWhatSqlBegan() throws Exception {
        execute(connection, "BEGIN");
        insert(connection);
        connection.setAutoCommit(false);

        assertThat(holdsPermit()).isFalse();
        assertThat(connection.hasTransactionEnded()).isFalse();
        assertThat(database.count()).isEqualTo(1);
    }

    @Test
    void aBatchMayNotControlTransactionsWhenPrepared() throws Exception {
        try (PreparedStatement begin = connection.prepareStatement("BEGIN")) {
            begin.addBatch();
            assertThatThrownBy(begin::executeBatch).hasMessageContaining("no part of a batch");
        }
        assertThat(connection.isTransactionActive()).isFalse();
    }

    private boolean holdsPermit() {
        return connection.database().permit().isHeldByCurrentThread();
    }
}
