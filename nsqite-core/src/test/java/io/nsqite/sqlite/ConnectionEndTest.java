package io.nsqite.sqlite;

import static io.nsqite.sqlite.TestDatabase.insert;
import static io.nsqite.sqlite.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.Function;
import org.sqlite.SQLiteConnection;

/** Connections that another thread ends. */
@Timeout(20)
class ConnectionEndTest {

    private static final String ENDLESS =
            "WITH RECURSIVE n(i) AS (SELECT begun() UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

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
    void theLastConnectionToCloseWritesTheWalBack() throws Exception {
        try (SqliteConnection connection = database.begin()) {
            insert(connection);
            connection.commit();
            assertThat(wal()).exists();
        }
        assertThat(wal()).doesNotExist();
        assertThat(database.count()).isEqualTo(1);
    }

    private Path wal() {
        return folder.resolve("test.db-wal");
    }

    @Test
    void abortRollsBackAndLetsTheNextWrite() throws Exception {
        try (SqliteConnection next = database.begin();
                SqliteConnection aborted = database.begin()) {
            insert(aborted);
            Future<Boolean> waiting = threads.run(() -> inserted(next));
            await().until(() -> next.database().permit().waiting() == 1);
            aborted.abort(Runnable::run);

            assertThat(waiting.get(5, TimeUnit.SECONDS)).isTrue();
            assertThat(aborted.isClosed()).isTrue();
            assertThat(aborted.isValid(1)).isFalse();
            next.commit();
        }
        assertThat(database.count()).isEqualTo(1);
    }

    @Test
    void abortInterruptsWhatIsBeingExecuted() throws Exception {
        SqliteConnection aborted = database.begin();
        Future<Long> endless = executeEndlessly(aborted);
        aborted.abort(task -> threads.run(() -> {
            task.run();
            return null;
        }));

        assertThatThrownBy(() -> endless.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(SQLException.class);
        try (SqliteConnection next = database.begin()) {
            insert(next);
            next.commit();
        }
    }

    @Test
    void closingFromAnotherThreadInterruptsToo() throws Exception {
        SqliteConnection closed = database.begin();
        Future<Long> endless = executeEndlessly(closed);
        closed.close();

        assertThatThrownBy(() -> endless.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(SQLException.class);
    }

    @Test
    void abortEndsAWaitForThePermit() throws Exception {
        try (SqliteConnection writer = database.begin();
                SqliteConnection aborted = database.begin("busy_timeout=60000")) {
            insert(writer);
            Future<Boolean> waiting = threads.run(() -> inserted(aborted));
            await().until(() -> writer.database().permit().waiting() == 1);
            aborted.abort(Runnable::run);

            assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS)).hasMessageContaining("closed");
            assertThat(writer.database().permit().waiting()).isZero();
            writer.commit();
        }
        assertThat(database.count()).isEqualTo(1);
    }

    @Test
    void abortEndsAWaitForAnotherProcess() throws Exception {
        try (var stranger = database.openWithBareDriver();
                SqliteConnection aborted = database.begin("busy_timeout=60000")) {
            TestDatabase.execute(stranger, "BEGIN IMMEDIATE");
            Future<Boolean> waiting = threads.run(() -> inserted(aborted));
            await().until(() -> aborted.database().permit().isHeld());
            aborted.abort(Runnable::run);

            assertThatThrownBy(() -> waiting.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(SQLException.class);
            assertThat(aborted.database().permit().isHeld()).isFalse();
        }
    }

    @Test
    void aTransactionThatCannotBeEndedIsEndedByClosingTheConnection() throws Exception {
        for (boolean readOnly : new boolean[] {false, true}) {
            SqliteConnection broken = database.open();
            broken.setReadOnly(readOnly);
            broken.setAutoCommit(false);
            number(broken, "SELECT count(*) FROM t");
            broken.unwrap(SQLiteConnection.class).close();

            assertThatThrownBy(broken::rollback).isInstanceOf(SQLException.class);
            assertThat(broken.isClosed()).isTrue();
            assertThat(broken.isValid(1)).isFalse();
            assertThat(broken.database().permit().isHeld()).isFalse();
        }
        try (SqliteConnection next = database.open()) {
            insert(next);
        }
    }

    @Test
    void whatIsClosedSaysSoWithTheStateThatPoolsKnow() throws Exception {
        SqliteConnection closed = database.open();
        closed.close();

        assertThatThrownBy(() -> insert(closed)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> closed.setAutoCommit(false))
                .isInstanceOf(SQLException.class)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("08003");
        closed.abort(Runnable::run);
    }

    /** Returns once SQLite is at it, as an interrupt before that is none. */
    private Future<Long> executeEndlessly(SqliteConnection connection) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Function.create(connection.unwrap(SQLiteConnection.class), "begun", new Function() {
            @Override
            protected void xFunc() throws SQLException {
                begun.countDown();
                result(1);
            }
        });
        Future<Long> endless = threads.run(() -> number(connection, ENDLESS));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        return endless;
    }

    private static boolean inserted(SqliteConnection connection) throws SQLException {
        insert(connection);
        return true;
    }
}
