package io.nsqite.sqlite;

import static io.nsqite.sqlite.TestDatabase.execute;
import static io.nsqite.sqlite.TestDatabase.insert;
import static io.nsqite.sqlite.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A full disk, played by a limit on the file's pages, makes SQLite roll the whole transaction back by itself. */
@Timeout(10)
class LostTransactionTest {

    private static final String BIG = "INSERT INTO t (x) VALUES (hex(randomblob(1000000)))";

    @TempDir
    Path folder;

    private TestDatabase database;
    private SqliteConnection connection;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.withTable(folder);
        connection = database.begin("cache_size=10");
        execute(connection, "PRAGMA max_page_count = 20");
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
    }

    @Test
    void nothingIsExecutedAnyMoreUntilARollback() throws Exception {
        insert(connection);
        assertThatThrownBy(() -> execute(connection, BIG)).hasMessageContaining("SQLITE_FULL");
        assertThat(connection.isTransactionActive()).isTrue();

        assertThatThrownBy(() -> insert(connection))
                .hasMessageContaining("rolled this transaction back")
                .hasRootCauseMessage(
                        "[SQLITE_FULL] Insertion failed because database is full (database or disk is full)");
        assertThatThrownBy(() -> number(connection, "SELECT 1")).hasMessageContaining("rolled this transaction back");
        assertThatThrownBy(connection::setSavepoint).hasMessageContaining("rolled this transaction back");
        assertThatThrownBy(() -> execute(connection, "BEGIN")).isInstanceOf(SQLException.class);
        connection.rollback();

        assertThat(connection.database().permit().isHeldByCurrentThread()).isFalse();
        assertThat(database.count()).isZero();
        insert(connection);
        connection.commit();
        assertThat(database.count()).isEqualTo(1);
    }

    @Test
    void aCommitFailsAndStoresNothing() throws Exception {
        insert(connection);
        assertThatThrownBy(() -> execute(connection, BIG)).isInstanceOf(SQLException.class);

        assertThatThrownBy(connection::commit).hasMessageContaining("rolled this transaction back");
        assertThat(connection.isTransactionActive()).isFalse();
        assertThat(connection.database().permit().isHeldByCurrentThread()).isFalse();
        connection.setAutoCommit(true);
        assertThat(database.count()).isZero();
    }

    @Test
    void switchingAutocommitOnFailsAndStoresNothing() throws Exception {
        insert(connection);
        assertThatThrownBy(() -> execute(connection, BIG)).isInstanceOf(SQLException.class);

        assertThatThrownBy(() -> connection.setAutoCommit(true)).hasMessageContaining("rolled this transaction back");
        assertThat(database.count()).isZero();
    }

    @Test
    void aRollbackGivenAsSqlHelpsToo() throws Exception {
        insert(connection);
        assertThatThrownBy(() -> execute(connection, BIG)).isInstanceOf(SQLException.class);
        execute(connection, "ROLLBACK");

        insert(connection);
        connection.commit();
        assertThat(database.count()).isEqualTo(1);
    }

    @Test
    void aKeptStatementThatFailedIsPreparedAnew() throws Exception {
        insert(connection);
        PreparedStatement kept = connection.keep(BIG);
        assertThatThrownBy(kept::executeUpdate).hasMessageContaining("SQLITE_FULL");
        connection.rollback();
        execute(connection, "PRAGMA max_page_count = 100000");

        connection.keep(BIG).executeUpdate();
        connection.commit();
        assertThat(database.count()).isEqualTo(1);
    }

    @Test
    void aConflictThatRollsBackIsNoticedToo() throws Exception {
        execute(connection, "INSERT INTO t VALUES (1, 'a')");
        assertThatThrownBy(() -> execute(connection, "INSERT OR ROLLBACK INTO t VALUES (1, 'b')"))
                .hasMessageContaining("UNIQUE");

        assertThatThrownBy(() -> insert(connection)).hasMessageContaining("rolled this transaction back");
        connection.rollback();
        assertThat(database.count()).isZero();
    }

    @Test
    void anOrdinaryFailureLeavesTheTransactionAsItIs() throws Exception {
        execute(connection, "INSERT INTO t VALUES (1, 'a')");
        assertThatThrownBy(() -> execute(connection, "INSERT INTO t VALUES (1, 'b')"))
                .hasMessageContaining("UNIQUE");
        insert(connection);
        connection.commit();

        assertThat(database.count()).isEqualTo(2);
    }
}
