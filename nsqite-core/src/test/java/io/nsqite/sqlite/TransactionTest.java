package io.nsqite.sqlite;

import static io.nsqite.sqlite.TestDatabase.execute;
import static io.nsqite.sqlite.TestDatabase.insert;
import static io.nsqite.sqlite.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class TransactionTest {

    @RegisterExtension
    final Threads threads = new Threads();

    @TempDir
    Path folder;

    private TestDatabase database;

    @BeforeEach
    void createTable() throws Exception {
        database = TestDatabase.withTable(folder);
    }

    @Test
    void beginsWithTheFirstExecutionAndNotWithAPreparation() throws Exception {
        try (SqliteConnection connection = database.begin();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO t (x) VALUES (?)")) {
            assertThat(connection.isTransactionActive()).isFalse();
            assertThat(isFree(connection)).isTrue();

            insert.setString(1, "x");
            insert.executeUpdate();
            assertThat(connection.isTransactionActive()).isTrue();
            assertThat(connection.database().permit().isHeldByCurrentThread()).isTrue();
            assertThat(othersCanWrite()).isFalse();

            connection.commit();
            assertThat(connection.isTransactionActive()).isFalse();
            assertThat(isFree(connection)).isTrue();
            assertThat(othersCanWrite()).isTrue();
        }
        assertThat(database.count()).isEqualTo(1);
    }

    @Test
    void beginsImmediateAlsoWhenItReadsFirst() throws Exception {
        try (SqliteConnection connection = database.begin()) {
            number(connection, "SELECT count(*) FROM t");

            assertThat(connection.database().permit().isHeldByCurrentThread()).isTrue();
            assertThat(othersCanWrite()).isFalse();
        }
    }

    @Test
    void aStatementPreparedBeforeAndExecutedFirstIsPartOfTheTransaction() throws Exception {
        try (SqliteConnection connection = database.open();
                PreparedStatement early = connection.prepareStatement("INSERT INTO t (x) VALUES ('early')")) {
            connection.setAutoCommit(false);
            early.executeUpdate();
            connection.rollback();
            assertThat(database.count()).isZero();

            early.executeUpdate();
            connection.commit();
            assertThat(database.count()).isEqualTo(1);

            early.executeUpdate();
            connection.rollback();
            assertThat(database.count()).isEqualTo(1);
        }
    }

    @Test
    void aKeptInsertDoesNotHaveTheDriverAskForTheGeneratedKey() throws Exception {
        SqliteDataSource asking = database.dataSource().withProperty("jdbc.get_generated_keys", "true");
        try (SqliteConnection connection = asking.getConnection()) {
            PreparedStatement kept = connection.keep("INSERT INTO t (x) VALUES ('kept')");
            kept.executeUpdate();
            try (ResultSet keys = kept.getGeneratedKeys()) {
                assertThat(keys.next()).isFalse();
            }
        }
    }

    @Test
    void aKeptStatementExecutedFirstIsPartOfTheTransaction() throws Exception {
        try (SqliteConnection connection = database.begin()) {
            PreparedStatement kept = connection.keep("INSERT INTO t (x) VALUES ('kept')");
            kept.executeUpdate();
            kept.close();
            connection.rollback();
            assertThat(database.count()).isZero();

            assertThat(connection.keep("INSERT INTO t (x) VALUES ('kept')")).isSameAs(kept);
            kept.executeUpdate();
            connection.commit();
            assertThat(database.count()).isEqualTo(1);
        }
    }

    @Test
    void aBatchExecutedFirstIsPartOfTheTransaction() throws Exception {
        try (SqliteConnection connection = database.begin();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO t (x) VALUES (?)")) {
            for (int i = 0; i < 3; i++) {
                insert.setInt(1, i);
                insert.addBatch();
            }
            insert.executeBatch();
            assertThat(connection.isTransactionActive()).isTrue();
            connection.rollback();
        }
        assertThat(database.count()).isZero();
    }

    @Test
    void aSavepointMayComeFirst() throws Exception {
        try (SqliteConnection connection = database.begin()) {
            Savepoint savepoint = connection.setSavepoint();
            assertThat(connection.isTransactionActive()).isTrue();
            assertThat(othersCanWrite()).isFalse();
            insert(connection);
            connection.rollback(savepoint);
            insert(connection);
            Savepoint named = connection.setSavepoint("named");
            insert(connection);
            connection.releaseSavepoint(named);
            connection.commit();
        }
        assertThat(database.count()).isEqualTo(2);
    }

    @Test
    void aSavepointNeedsAutocommitOff() throws Exception {
        try (SqliteConnection connection = database.open()) {
            assertThatThrownBy(connection::setSavepoint).isInstanceOf(SQLException.class);
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    @Test
    void anotherThreadMayCommit() throws Exception {
        try (SqliteConnection connection = database.begin()) {
            insert(connection);
            threads.elsewhere(() -> {
                connection.commit();
                return true;
            });
            assertThat(isFree(connection)).isTrue();
            threads.elsewhere(() -> {
                insert(connection);
                return true;
            });
            assertThat(connection.database().permit().isHeldByCurrentThread()).isFalse();
            connection.rollback();
        }
        assertThat(database.count()).isEqualTo(1);
    }

    @Test
    void autocommitIsReportedAsJdbcSaysAndSwitchingItOnCommits() throws Exception {
        try (SqliteConnection connection = database.open()) {
            assertThat(connection.getAutoCommit()).isTrue();
            connection.setAutoCommit(false);
            insert(connection);
            connection.commit();
            assertThat(connection.getAutoCommit()).isFalse();
            insert(connection);
            connection.setAutoCommit(false);
            assertThat(connection.isTransactionActive()).isTrue();
            connection.setAutoCommit(true);
            assertThat(connection.isTransactionActive()).isFalse();
            assertThat(isFree(connection)).isTrue();
        }
        assertThat(database.count()).isEqualTo(2);
    }

    @Test
    void commitAndRollbackNeedAutocommitOff() throws Exception {
        try (SqliteConnection connection = database.open()) {
            assertThatThrownBy(connection::commit).hasMessageContaining("auto-commit is on");
            assertThatThrownBy(connection::rollback).hasMessageContaining("auto-commit is on");
        }
    }

    @Test
    void closingRollsBackAndGivesThePermitBack() throws Exception {
        SqliteConnection connection = database.begin();
        insert(connection);
        connection.close();
        connection.close();

        assertThat(connection.isClosed()).isTrue();
        assertThat(isFree(connection)).isTrue();
        assertThat(database.count()).isZero();
        assertThatThrownBy(() -> insert(connection)).isInstanceOf(SQLException.class);
    }

    @Test
    void theEndOfATransactionIsRemembered() throws Exception {
        try (SqliteConnection connection = database.begin()) {
            assertThat(connection.hasTransactionEnded()).isFalse();
            insert(connection);
            connection.commit();
            assertThat(connection.hasTransactionEnded()).isTrue();
            insert(connection);
            assertThat(connection.hasTransactionEnded()).isTrue();
            connection.rollback();

            connection.setAutoCommit(true);
            connection.setAutoCommit(false);
            assertThat(connection.hasTransactionEnded()).isFalse();

            connection.rollback();
            assertThat(connection.hasTransactionEnded()).isTrue();
            connection.clearWarnings();
            assertThat(connection.hasTransactionEnded()).isFalse();
        }
    }

    @Test
    void aBeginThatFailedLeavesACleanConnection() throws Exception {
        try (SqliteConnection connection = database.begin("busy_timeout=20");
                Connection stranger = database.openWithBareDriver()) {
            stranger.setAutoCommit(false);
            insert(stranger);

            assertThatThrownBy(() -> insert(connection))
                    .isInstanceOf(WriteTimeoutException.class)
                    .hasMessageContaining("another process")
                    .hasRootCauseInstanceOf(org.sqlite.SQLiteException.class);
            assertThat(connection.isTransactionActive()).isFalse();
            assertThat(isFree(connection)).isTrue();
            stranger.rollback();

            insert(connection);
            connection.rollback();
            assertThat(database.count()).isZero();
        }
    }

    @Test
    void aCommitReleasesTheLockAndIsReportedAsWhatItWas() throws Exception {
        try (SqliteConnection connection = database.begin("busy_timeout=0");
                Connection stranger = database.openWithBareDriver()) {
            insert(connection);
            Future<Boolean> waiting = threads.run(() -> {
                await().until(() -> {
                    try {
                        execute(stranger, "BEGIN IMMEDIATE");
                        return true;
                    } catch (SQLException e) {
                        return false;
                    }
                });
                return true;
            });
            connection.commit();
            assertThat(waiting.get(5, TimeUnit.SECONDS)).isTrue();
            connection.setAutoCommit(true);
            execute(stranger, "ROLLBACK");
        }
        assertThat(database.count()).isEqualTo(1);
    }

    @Test
    void aFailedCommitRollsBackAndNothingIsCommittedLater() throws Exception {
        database.execute(
                "CREATE TABLE child (id INTEGER PRIMARY KEY, t INTEGER REFERENCES t(id) DEFERRABLE INITIALLY DEFERRED)");
        try (SqliteConnection connection = database.begin()) {
            insert(connection);
            execute(connection, "INSERT INTO child (t) VALUES (99)");

            assertThatThrownBy(connection::commit)
                    .isInstanceOf(org.sqlite.SQLiteException.class)
                    .hasMessageContaining("FOREIGN KEY");
            assertThat(connection.isTransactionActive()).isFalse();
            assertThat(isFree(connection)).isTrue();
            assertThat(othersCanWrite()).isTrue();

            connection.setAutoCommit(true);
            assertThat(database.count()).isZero();
            connection.setAutoCommit(false);
            insert(connection);
            connection.commit();
        }
        assertThat(database.count()).isEqualTo(1);
    }

    @Test
    void switchingAutocommitOnFailsLikeACommitAndRollsBack() throws Exception {
        database.execute(
                "CREATE TABLE child (id INTEGER PRIMARY KEY, t INTEGER REFERENCES t(id) DEFERRABLE INITIALLY DEFERRED)");
        try (SqliteConnection connection = database.begin()) {
            execute(connection, "INSERT INTO child (t) VALUES (99)");

            assertThatThrownBy(() -> connection.setAutoCommit(true)).hasMessageContaining("FOREIGN KEY");
            assertThat(connection.isTransactionActive()).isFalse();
            assertThat(connection.getAutoCommit()).isTrue();
            insert(connection);
        }
        assertThat(database.count()).isEqualTo(1);
    }

    private boolean othersCanWrite() throws SQLException {
        try (Connection stranger = database.openWithBareDriver()) {
            execute(stranger, "BEGIN IMMEDIATE");
            execute(stranger, "ROLLBACK");
            return true;
        } catch (SQLException e) {
            assertThat(e.getErrorCode()).isEqualTo(5);
            return false;
        }
    }

    private boolean isFree(SqliteConnection connection) throws Exception {
        return threads.elsewhere(() -> {
            PermitHolder holder = new PermitHolder();
            try {
                connection.database().permit().acquire(holder, new Patience(java.time.Duration.ZERO));
            } catch (WriteTimeoutException e) {
                return false;
            }
            connection.database().permit().release(holder);
            return true;
        });
    }
}
