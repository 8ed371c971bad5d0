package io.nsqite.sqlite;

import static io.nsqite.sqlite.TestDatabase.execute;
import static io.nsqite.sqlite.TestDatabase.insert;
import static io.nsqite.sqlite.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(20)
class WaitingTest {

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
    void endsWithTheBusyTimeoutOfTheUrlAndNamesTheHolder() throws Exception {
        try (SqliteConnection writer = database.begin();
                SqliteConnection waiting = database.begin("busy_timeout=40")) {
            insert(writer);

            assertThatThrownBy(() -> threads.elsewhere(() -> inserted(waiting)))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(WriteTimeoutException.class)
                    .hasMessageContaining("40 ms")
                    .hasMessageContaining('"' + Thread.currentThread().getName() + '"');
        }
    }

    @Test
    void endsWithAQueryTimeoutThatIsShorter() throws Exception {
        try (SqliteConnection writer = database.begin();
                SqliteConnection waiting = database.begin("busy_timeout=60000");
                Statement statement = waiting.createStatement()) {
            insert(writer);
            statement.setQueryTimeout(1);
            assertThat(statement.getQueryTimeout()).isEqualTo(1);

            assertThatThrownBy(() -> threads.elsewhere(() -> statement.execute("INSERT INTO t (x) VALUES ('x')")))
                    .hasMessageContaining("1000 ms");
        }
    }

    @Test
    void aLongerQueryTimeoutDoesNotMakeItWaitInsideSqlite() throws Exception {
        try (Connection stranger = database.openWithBareDriver();
                SqliteConnection waiting = database.begin("busy_timeout=50");
                Statement statement = waiting.createStatement()) {
            execute(stranger, "BEGIN IMMEDIATE");
            statement.setQueryTimeout(30);

            assertThatThrownBy(() -> statement.execute("INSERT INTO t (x) VALUES ('x')"))
                    .isInstanceOf(WriteTimeoutException.class);
            execute(stranger, "ROLLBACK");
            statement.execute("INSERT INTO t (x) VALUES ('x')");
        }
    }

    @Test
    void thePragmaIsObeyedAndAnswered() throws Exception {
        try (Connection stranger = database.openWithBareDriver();
                SqliteConnection connection = database.open();
                Statement statement = connection.createStatement()) {
            assertThat(number(connection, "PRAGMA busy_timeout")).isEqualTo(5_000);
            try (ResultSet answer = statement.executeQuery("PRAGMA busy_timeout = 30")) {
                assertThat(answer.getInt("timeout")).isEqualTo(30);
            }
            execute(stranger, "BEGIN IMMEDIATE");
            assertThatThrownBy(() -> insert(connection)).hasMessageContaining("SQLITE_BUSY");
            assertThatThrownBy(() -> execute(connection, "BEGIN")).hasMessageContaining("30 ms");
            execute(connection, "PRAGMA busy_timeout(70)");
            assertThat(number(connection, "PRAGMA main.busy_timeout")).isEqualTo(70);
        }
    }

    @Test
    void forAnotherProcessCanBeInterrupted() throws Exception {
        try (Connection stranger = database.openWithBareDriver();
                SqliteConnection waiting = database.begin("busy_timeout=60000")) {
            execute(stranger, "BEGIN IMMEDIATE");
            AtomicReference<Thread> thread = new AtomicReference<>();
            Future<Boolean> interrupted = threads.run(() -> {
                thread.set(Thread.currentThread());
                assertThatThrownBy(() -> insert(waiting))
                        .isInstanceOf(WaitCancelledException.class)
                        .hasFieldOrPropertyWithValue("SQLState", "57014")
                        .hasFieldOrPropertyWithValue("errorCode", 9)
                        .hasMessageContaining("was interrupted")
                        .hasMessageContaining("nothing was executed");
                return Thread.interrupted();
            });
            await().until(() ->
                    thread.get() != null && waiting.database().permit().isHeld());
            thread.get().interrupt();

            assertThat(interrupted.get(5, TimeUnit.SECONDS)).isTrue();
            assertThat(waiting.isTransactionActive()).isFalse();
            execute(stranger, "ROLLBACK");
            insert(waiting);
        }
    }

    @Test
    void forAnotherProcessEndsWhenThatIsDone() throws Exception {
        assertGoesOnAfterTheStranger(() -> {
            try (SqliteConnection waiting = database.begin()) {
                insert(waiting);
                waiting.commit();
            }
            return true;
        });
    }

    @Test
    void forAnotherProcessWorksForStatementsOutsideTransactions() throws Exception {
        assertGoesOnAfterTheStranger(() -> {
            try (SqliteConnection waiting = database.open()) {
                insert(waiting);
            }
            return true;
        });
    }

    @Test
    void forAnotherProcessWorksForBatchesWhichAreNotLost() throws Exception {
        assertGoesOnAfterTheStranger(() -> {
            try (SqliteConnection waiting = database.open();
                    PreparedStatement insert = waiting.prepareStatement("INSERT INTO t (x) VALUES (?)")) {
                insert.setString(1, "x");
                insert.addBatch();
                assertThat(insert.executeBatch()).containsExactly(1);
            }
            return true;
        });
    }

    @Test
    void aBatchThatCouldNotWaitLongEnoughFails() throws Exception {
        try (Connection stranger = database.openWithBareDriver();
                SqliteConnection waiting = database.open("busy_timeout=30");
                PreparedStatement insert = waiting.prepareStatement("INSERT INTO t (x) VALUES (?)")) {
            execute(stranger, "BEGIN IMMEDIATE");
            insert.setString(1, "x");
            insert.addBatch();

            assertThatThrownBy(insert::executeBatch).hasMessageContaining("SQLITE_BUSY");
        }
    }

    @Test
    void aCheckpointWaitsForReaders() throws Exception {
        try (Connection stranger = database.openWithBareDriver();
                SqliteConnection connection = database.open()) {
            execute(stranger, "BEGIN");
            number(stranger, "SELECT count(*) FROM t");
            insert(connection);
            Future<Long> checkpoint = threads.run(() -> number(connection, "PRAGMA wal_checkpoint(TRUNCATE)"));
            threads.assertWaits(checkpoint);
            execute(stranger, "ROLLBACK");

            assertThat(checkpoint.get(5, TimeUnit.SECONDS)).as("busy").isZero();
        }
    }

    @Test
    void aReaderWaitsForAWriterInRollbackMode() throws Exception {
        database.execute("PRAGMA journal_mode = DELETE");
        try (Connection stranger = database.openWithBareDriver();
                SqliteConnection reader = database.open("journal_mode=DELETE")) {
            execute(stranger, "BEGIN EXCLUSIVE");
            Future<Long> reading = threads.run(() -> number(reader, "SELECT count(*) FROM t"));
            threads.assertWaits(reading);
            insert(stranger);
            execute(stranger, "COMMIT");

            assertThat(reading.get(5, TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void aTransactionHeldForOverASecondIsReportedOnceWithItsStack() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(WritePermit.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try (SqliteConnection writer = database.begin();
                SqliteConnection first = database.begin("busy_timeout=1500");
                SqliteConnection second = database.begin("busy_timeout=1500")) {
            insert(writer);
            Future<Boolean> firstWaiter = threads.run(() -> inserted(first));
            Future<Boolean> secondWaiter = threads.run(() -> inserted(second));
            holdOn(firstWaiter, secondWaiter);
        } finally {
            logger.detachAppender(log);
        }

        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getFormattedMessage())
                    .contains('"' + Thread.currentThread().getName() + '"')
                    .contains(database.file().toRealPath().toString())
                    .contains("keep remote calls");
            assertThat(event.getThrowableProxy().getStackTraceElementProxyArray())
                    .anyMatch(element -> element.toString().contains("WaitingTest.holdOn"));
        });
    }

    private static void holdOn(Future<?> first, Future<?> second) {
        assertThatThrownBy(first::get).hasCauseInstanceOf(WriteTimeoutException.class);
        assertThatThrownBy(second::get).hasCauseInstanceOf(WriteTimeoutException.class);
    }

    private void assertGoesOnAfterTheStranger(Callable<Boolean> task) throws Exception {
        try (Connection stranger = database.openWithBareDriver()) {
            execute(stranger, "BEGIN IMMEDIATE");
            Future<Boolean> waiting = threads.run(task);
            threads.assertWaits(waiting);
            execute(stranger, "ROLLBACK");
            assertThat(waiting.get(5, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(database.count()).isEqualTo(1);
    }

    private static boolean inserted(Connection connection) throws SQLException {
        insert(connection);
        return true;
    }
}
