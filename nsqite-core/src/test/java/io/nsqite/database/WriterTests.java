package io.nsqite.database;

import static io.nsqite.QueueFile.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.FaultyDriver;
import io.nsqite.sqlite.SqliteConnection;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WriterTests extends WriterFixture {

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
