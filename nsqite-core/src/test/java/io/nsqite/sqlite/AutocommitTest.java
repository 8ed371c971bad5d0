package io.nsqite.sqlite;

import static io.nsqite.sqlite.TestDatabase.execute;
import static io.nsqite.sqlite.TestDatabase.insert;
import static io.nsqite.sqlite.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements outside transactions, beside a thread that is writing in one. */
@Timeout(20)
class AutocommitTest {

    @RegisterExtension
    final Threads threads = new Threads();

    @TempDir
    Path folder;

    private TestDatabase database;
    private SqliteConnection writer;
    private SqliteConnection connection;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.withTable(folder);
        writer = database.begin();
        connection = database.open("busy_timeout=0");
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        writer.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t (x) VALUES ('x')",
                "INSERT INTO t (x) VALUES ('x') RETURNING id",
                "WITH a AS (SELECT 1) INSERT INTO t (x) SELECT * FROM a",
                "UPDATE t SET x = 'y'",
                "CREATE TABLE other (a INTEGER)",
                "PRAGMA user_version = 3",
                "PRAGMA wal_checkpoint",
                "VACUUM"
            })
    void whatWritesWaitsForThePermit(String sql) throws Exception {
        takePermit();

        assertThatThrownBy(() -> threads.elsewhere(() -> executed(sql)))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(WriteTimeoutException.class);
        writer.commit();
        assertThat(threads.elsewhere(() -> executed(sql))).isTrue();
        assertThatNobodyHoldsThePermit();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t",
                "VALUES (1)",
                "WITH a AS (SELECT 1) SELECT * FROM a",
                "EXPLAIN DELETE FROM t",
                "PRAGMA table_info(t)",
                "PRAGMA user_version",
                "PRAGMA foreign_keys = OFF",
                "CREATE TEMP TABLE other (a INTEGER)",
                "ATTACH ':memory:' AS other"
            })
    void whatOnlyReadsOrConcernsTheConnectionWaitsForNobody(String sql) throws Exception {
        insert(writer);

        assertThat(threads.elsewhere(() -> executed(sql))).isTrue();
    }

    @Test
    void eachStatementCommitsByItselfAndGivesThePermitBack() throws Exception {
        insert(connection);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t (x) VALUES (?)")) {
            insert.setString(1, "a");
            insert.addBatch();
            insert.setString(1, "b");
            insert.addBatch();
            assertThat(insert.executeBatch()).containsExactly(1, 1);
        }

        assertThat(database.count()).isEqualTo(3);
        assertThatNobodyHoldsThePermit();
    }

    @Test
    void anInsertThatReturnsRowsHoldsThePermitUntilItsResultIsClosed() throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("INSERT INTO t (x) VALUES ('a'), ('b') RETURNING id")) {
            assertThat(rows.next()).isTrue();
            assertThat(connection.database().permit().isHeldByCurrentThread()).isTrue();
            assertThat(database.count()).isZero();
        }

        assertThat(database.count()).isEqualTo(2);
        assertThatNobodyHoldsThePermit();
    }

    @Test
    void theResultIsAlsoClosedByTheNextExecutionOfItsStatement() throws Exception {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t (x) VALUES ('a') RETURNING id");
                Statement other = connection.createStatement()) {
            assertThat(insert.execute()).isTrue();
            assertThat(connection.database().permit().isHeldByCurrentThread()).isTrue();
            ResultSet first = insert.executeQuery();
            ResultSet second = insert.executeQuery();
            assertThat(first.isClosed()).isTrue();
            assertThatThrownBy(first::next).hasMessageContaining("closed");
            first.close();
            assertThat(second.next()).isTrue();
            assertThat(insert.getMoreResults()).isFalse();
            assertThatNobodyHoldsThePermit();
            assertThat(other.execute("INSERT INTO t (x) VALUES ('b') RETURNING id"))
                    .isTrue();
        }

        assertThat(database.count()).isEqualTo(4);
        assertThatNobodyHoldsThePermit();
    }

    @Test
    void aResultOfAWriteWithALimitOfRowsIsCommittedInFull() throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(1);
            try (ResultSet rows = statement.executeQuery("INSERT INTO t (x) VALUES ('a'), ('b') RETURNING id")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.next()).isFalse();
            }
            assertThat(statement.getMaxRows()).isEqualTo(1);
        }

        assertThat(database.count()).isEqualTo(2);
    }

    @Test
    void aWriteWhoseCommitFailsWhenItsResultIsClosedSaysSo() throws Exception {
        writer.close();
        connection.close();
        database.execute("PRAGMA journal_mode = DELETE");
        try (Connection reader = database.openWithBareDriver();
                SqliteConnection rollbackMode = database.open("journal_mode=DELETE", "busy_timeout=0");
                Statement statement = rollbackMode.createStatement()) {
            execute(reader, "BEGIN");
            number(reader, "SELECT count(*) FROM t");
            ResultSet rows = statement.executeQuery("INSERT INTO t (x) VALUES ('a'), ('b') RETURNING id");
            assertThat(rows.next()).isTrue();

            assertThatThrownBy(rows::close).hasMessageContaining("SQLITE_BUSY");
        }
        assertThat(database.count()).isZero();
    }

    @Test
    void aFailedStatementGivesThePermitBack() throws Exception {
        execute(connection, "INSERT INTO t VALUES (1, 'a')");
        assertThatThrownBy(() -> execute(connection, "INSERT INTO t VALUES (1, 'b')"))
                .hasMessageContaining("UNIQUE");
        assertThatThrownBy(() -> execute(connection, "INSERT INTO nowhere VALUES (1)"))
                .hasMessageContaining("nowhere");

        assertThatNobodyHoldsThePermit();
    }

    @Test
    void aTransactionMayBeginWhileAResultOfAWriteIsOpen() throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("INSERT INTO t (x) VALUES ('a') RETURNING id")) {
            assertThat(rows.next()).isTrue();
            connection.setAutoCommit(false);
            insert(connection);
            connection.commit();
            assertThat(database.count()).isEqualTo(2);
            assertThat(rows.isClosed()).isTrue();
            connection.setAutoCommit(true);
        }
        assertThatNobodyHoldsThePermit();
    }

    @Test
    void aScriptRunsAllItsStatementsEachInItsTurn() throws Exception {
        try (Statement statement = connection.createStatement()) {
            int changes =
                    statement.executeUpdate("INSERT INTO t (x) VALUES ('a'); INSERT INTO t (x) VALUES ('b'), ('c');"
                            + " CREATE TABLE log (x TEXT); CREATE TRIGGER g AFTER INSERT ON t BEGIN"
                            + " INSERT INTO log VALUES (new.x); INSERT INTO log VALUES ('again'); END;"
                            + " INSERT INTO t (x) VALUES ('d')");
            assertThat(changes).isEqualTo(6);
        }

        assertThat(database.count()).isEqualTo(4);
        assertThat(number(connection, "SELECT count(*) FROM log")).isEqualTo(2);
    }

    /** The calling thread must not hold it itself: threads elsewhere shall wait, not be told of a second writer. */
    private void takePermit() throws Exception {
        insert(writer);
    }

    private boolean executed(String sql) throws Exception {
        execute(connection, sql);
        return true;
    }

    private void assertThatNobodyHoldsThePermit() throws Exception {
        threads.elsewhere(() -> {
            try (SqliteConnection other = database.open("busy_timeout=0")) {
                insert(other);
                execute(other, "DELETE FROM t WHERE id = last_insert_rowid()");
                return true;
            }
        });
    }
}
