package io.nsqite.database;

import static io.nsqite.QueueFile.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.FaultyDriver;
import io.nsqite.QueueFile;
import io.nsqite.sqlite.SqliteConnection;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class WriterTests {

    @TempDir
    Path folder;

    private final CountDownLatch gateEntered = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<Integer> completed = new CopyOnWriteArrayList<>();
    private QueueFile file;
    private QueueDatabase database;
    private Writer writer;

    @BeforeEach
    void open() throws Exception {
        open(new Properties());
        file.execute("CREATE TABLE business (id INTEGER PRIMARY KEY, text TEXT)");
    }

    private void open(Properties properties) throws Exception {
        file = new QueueFile(folder, properties);
        database = QueueDatabase.open(file.dataSource());
        writer = database.writer();
    }

    private void reopen(String property, String value) throws Exception {
        database.close();
        Properties properties = new Properties();
        properties.setProperty(property, value);
        open(properties);
    }

    @AfterEach
    void close() throws Exception {
        gate.countDown();
        database.close();
    }

    private static int insert(Connection transaction, String text) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            return statement.executeUpdate("INSERT INTO business (text) VALUES ('" + text + "')");
        }
    }

    private static Work<Integer> inserting(String text) {
        return transaction -> insert(transaction, text);
    }

    private List<String> stored() throws SQLException {
        return file.rows("SELECT text FROM business ORDER BY id");
    }

    private void complete(Integer result, Throwable failure) {
        if (failure != null) {
            failures.add(failure);
        } else {
            completed.add(result);
        }
    }

    /** Keeps the writer busy until the gate opens. */
    private FutureTask<Integer> occupyWriter() throws InterruptedException {
        FutureTask<Integer> occupying = start(() -> writer.call(
                transaction -> {
                    gateEntered.countDown();
                    awaitUninterrupted(gate);
                    return insert(transaction, "gate");
                },
                Durability.RELAXED));
        gateEntered.await();
        return occupying;
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> FutureTask<T> start(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        new Thread(task).start();
        return task;
    }

    private static <T> T get(FutureTask<T> task) throws Exception {
        return task.get(15, TimeUnit.SECONDS);
    }

    @Test
    void whatWaitsSharesOneTransaction() throws Exception {
        FutureTask<Integer> occupying = occupyWriter();
        List<String> committedBefore = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 50; i++) {
            writer.submit(
                    transaction -> {
                        committedBefore.add(
                                file.rows("SELECT count(*) FROM business").get(0));
                        return insert(transaction, "x");
                    },
                    this::complete);
        }
        gate.countDown();
        get(occupying);
        await(() -> completed.size() == 50);
        assertThat(stored()).hasSize(51);
        // a batch ends after some milliseconds, so on a slow machine there are a few, but not fifty
        assertThat(committedBefore.stream().distinct()).hasSizeLessThan(50).contains("1");
    }

    @Test
    void callersOnManyThreadsEachGetTheirOwnResult() throws Exception {
        List<FutureTask<Integer>> callers = new ArrayList<>();
        for (int caller = 0; caller < 8; caller++) {
            int number = caller;
            callers.add(start(() -> {
                for (int i = 0; i < 100; i++) {
                    int wanted = number * 1000 + i;
                    int result = writer.call(
                            transaction -> {
                                insert(transaction, "x");
                                return wanted;
                            },
                            Durability.APPLICATION);
                    assertThat(result).isEqualTo(wanted);
                }
                return number;
            }));
        }
        for (FutureTask<Integer> caller : callers) {
            get(caller);
        }
        assertThat(stored()).hasSize(800);
    }

    @Test
    void anOperationThatFailsFailsAlone() throws Exception {
        FutureTask<Integer> occupying = occupyWriter();
        for (String text : List.of("a", "b", "bad", "c", "d")) {
            writer.submit(
                    transaction -> {
                        insert(transaction, text);
                        if (text.equals("bad")) {
                            throw new SQLException("a culprit");
                        }
                        return 1;
                    },
                    this::complete);
        }
        gate.countDown();
        get(occupying);
        await(() -> completed.size() == 4 && failures.size() == 1);
        assertThat(stored()).containsExactly("gate", "a", "b", "c", "d");
        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessage("a culprit"));
    }

    @Test
    void anErrorInTheWorkReachesItsCallerAndTheWriterGoesOn() throws Exception {
        for (Error error :
                List.of(new StackOverflowError(), new OutOfMemoryError("of the test"), new AssertionError())) {
            assertThatThrownBy(() -> writer.call(
                            transaction -> {
                                insert(transaction, "bad");
                                throw error;
                            },
                            Durability.RELAXED))
                    .isSameAs(error);
            writer.submit(
                    transaction -> {
                        throw error;
                    },
                    (result, failure) -> {
                        failures.add(failure);
                        throw new IllegalStateException("nor does this hurt");
                    });
        }
        await(() -> failures.size() == 3);
        writer.submit(inserting("good"), this::complete);
        await(() -> completed.size() == 1);
        assertThat(stored()).containsExactly("good");
    }

    @Test
    void anInterruptedCallerTakesItsOperationOutOfTheLine() throws Exception {
        FutureTask<Integer> occupying = occupyWriter();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                writer.call(inserting("never"), Durability.APPLICATION);
                interrupted.complete(false);
            } catch (SQLException e) {
                interrupted.complete(e.getMessage().contains("nothing was stored")
                        && Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        await(() -> caller.getState() == Thread.State.WAITING);
        caller.interrupt();
        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
        gate.countDown();
        get(occupying);
        writer.call(inserting("last"), Durability.RELAXED);
        assertThat(stored()).containsExactly("gate", "last");
    }

    @Test
    void anInterruptedCallerWhoseOperationHasBegunGetsItsOutcome() throws Exception {
        FutureTask<Integer> occupying = occupyWriter();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                int result = writer.call(
                        transaction -> {
                            begun.countDown();
                            awaitUninterrupted(goOn);
                            return insert(transaction, "stored");
                        },
                        Durability.APPLICATION);
                outcome.complete(result + " " + Thread.currentThread().isInterrupted());
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            }
        });
        caller.start();
        await(() -> caller.getState() == Thread.State.WAITING);
        gate.countDown();
        get(occupying);
        begun.await();
        caller.interrupt();
        goOn.countDown();
        assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo("1 true");
        assertThat(stored()).containsExactly("gate", "stored");
    }

    @Test
    void anInterruptedCallerThatRunsOthersOperationsDoesNotFailThem() throws Exception {
        try (SqliteConnection writing = file.transaction()) {
            insert(writing, "application");
            writer.submitLate(inserting("other"), this::complete, Duration.ofHours(1));
            FutureTask<Integer> call = new FutureTask<>(() -> {
                Thread.currentThread().interrupt();
                return writer.call(inserting("own"), Durability.APPLICATION);
            });
            Thread caller = new Thread(call);
            caller.start();
            await(() -> caller.getState() == Thread.State.TIMED_WAITING);
            writing.commit();
            assertThat(get(call)).isEqualTo(1);
        }
        await(() -> completed.size() == 1);
        assertThat(failures).isEmpty();
        assertThat(stored()).containsExactly("application", "other", "own");
    }

    @Test
    void aLateOperationRunsByItselfWhenItsTimeIsOver() throws Exception {
        writer.submitLate(inserting("late"), this::complete, Duration.ofMillis(20));
        await(() -> completed.size() == 1);
        assertThat(stored()).containsExactly("late");
    }

    @Test
    void aLateOperationGoesAlongWithAnotherAndEarlierIfToldTo() throws Exception {
        writer.submitLate(inserting("company"), this::complete, Duration.ofHours(1));
        writer.call(inserting("call"), Durability.RELAXED);
        assertThat(stored()).containsExactly("company", "call");

        writer.submitLate(inserting("now"), this::complete, Duration.ofHours(1)).runNow();
        assertThat(stored()).endsWith("now");

        writer.submitLate(inserting("soon"), this::complete, Duration.ofHours(1))
                .expedite();
        await(() -> completed.size() == 3);
        assertThat(stored()).endsWith("soon");
    }

    @Test
    void closingWritesWhatWaitsAndThenRefuses() throws Exception {
        writer.submitLate(inserting("waiting"), this::complete, Duration.ofHours(1));
        database.close();
        assertThat(stored()).containsExactly("waiting");
        assertThatThrownBy(() -> writer.call(inserting("x"), Durability.RELAXED))
                .hasMessageContaining("The queue is closed");
        writer.submit(inserting("x"), this::complete);
        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageContaining("The queue is closed"));
        assertThat(database.sqlite().permit().isHeldByCurrentThread()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"EXTRA,3,1", "FULL,2,1", "NORMAL,1,1", "OFF,0,0"})
    void whatAUserAskedForCommitsAtTheApplicationsLevelAndTheRestAtNormal(String level, int application, int relaxed)
            throws Exception {
        reopen("synchronous", level);
        for (int i = 0; i < 2; i++) {
            assertThat(writer.call(WriterTests::level, Durability.RELAXED)).isEqualTo(relaxed);
            assertThat(writer.call(WriterTests::level, Durability.APPLICATION)).isEqualTo(application);
        }
    }

    @Test
    void withoutWalEverythingCommitsAtTheApplicationsLevel() throws Exception {
        database.close();
        file.execute("PRAGMA journal_mode=DELETE");
        reopen("journal_mode", "DELETE");
        assertThat(writer.call(WriterTests::level, Durability.RELAXED)).isEqualTo(2);
    }

    @Test
    void afterAFailedBatchEachOperationRunsAtItsOwnLevel() throws Exception {
        List<Integer> levels = new CopyOnWriteArrayList<>();
        FutureTask<Integer> occupying = occupyWriter();
        writer.submit(
                transaction -> {
                    throw new SQLException("a culprit");
                },
                this::complete);
        writer.submit(transaction -> levels.add(level(transaction)) ? 1 : 0, this::complete);
        FutureTask<Integer> user = start(() -> writer.call(WriterTests::level, Durability.APPLICATION));
        gate.countDown();
        get(occupying);
        assertThat(get(user)).isEqualTo(2);
        await(() -> completed.size() == 1);
        assertThat(levels).last().isEqualTo(1);
    }

    private static int level(Connection transaction) throws SQLException {
        try (Statement statement = transaction.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA synchronous")) {
            return result.getInt(1);
        }
    }

    @Test
    void whileAnotherProcessWritesAllThatWaitsFailsTogether() throws Exception {
        reopen("busy_timeout", "200");
        try (Connection other = DriverManager.getConnection(file.dataSource().url());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            for (int i = 0; i < 900; i++) {
                writer.submit(inserting("x"), this::complete);
            }
            await(() -> failures.size() == 900);
            statement.execute("ROLLBACK");
        }
        writer.call(inserting("good"), Durability.APPLICATION);
        assertThat(stored()).containsExactly("good");
    }

    @Test
    void whatCantBeCommittedAtItsLevelFailsRatherThanCommitAtALowerOne() throws Exception {
        try (FaultyDriver disk = FaultyDriver.open()) {
            reopen("synchronous", "FULL");
            writer.call(inserting("relaxed"), Durability.RELAXED);
            disk.failWith(10, sql -> sql.equals("PRAGMA synchronous=2"));
            writer.submitLate(inserting("company"), this::complete, Duration.ofHours(1));
            assertThatThrownBy(() -> writer.call(inserting("never"), Durability.APPLICATION))
                    .isInstanceOf(SQLException.class);
            disk.heal();
            database.close();
        }
        assertThat(completed).hasSize(1);
        assertThat(stored()).containsExactly("relaxed", "company");
    }

    @Test
    void whenTheDatabaseGetsBusyWhileOperationsRunApartTheRestFailsTogether() throws Exception {
        try (FaultyDriver disk = FaultyDriver.open()) {
            reopen("busy_timeout", "200");
            FutureTask<Integer> occupying = occupyWriter();
            writer.submit(
                    transaction -> {
                        disk.failWith(5, sql -> sql.equals("BEGIN IMMEDIATE"));
                        throw new SQLException("a culprit");
                    },
                    this::complete);
            for (int i = 0; i < 300; i++) {
                writer.submit(inserting("x"), this::complete);
            }
            gate.countDown();
            get(occupying);
            await(() -> failures.size() == 301);
            disk.heal();
            database.close();
        }
        assertThat(stored()).containsExactly("gate");
    }
}
