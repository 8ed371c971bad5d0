package io.nsqite.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.nsqite.QueueFile;
import io.nsqite.RecordedLog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A writer that fails or hangs for a reason of its own says so, and says when it works again. */
@Timeout(30)
class BrokenWriterTests {

    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    Path folder;

    private Writer writer(Connection connection, Duration patience) throws Exception {
        return new Writer(
                new Batches(connection, Committing.untold()),
                "test-writer",
                () -> false,
                new TransactionWatch(patience));
    }

    private Connection connection() throws Exception {
        Connection connection = new QueueFile(folder).dataSource().getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    /** A connection whose rollback has a fault that no driver should have. */
    private static Connection withBrokenRollback(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("rollback")) {
                        connection.rollback();
                        throw new IllegalStateException("broken rollback");
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static int fail() {
        throw new IllegalArgumentException("told to fail");
    }

    @Test
    void aFaultOfTheWriterIsAProblemUntilATransactionIsCommitted() throws Exception {
        try (RecordedLog log = RecordedLog.open();
                Writer writer = writer(withBrokenRollback(connection()), LONG)) {
            assertThatThrownBy(() -> writer.call(transaction -> fail(), Durability.RELAXED))
                    .hasStackTraceContaining("broken rollback");
            assertThat(writer.refusal())
                    .get()
                    .satisfies(refusal -> assertThat(refusal.error())
                            .isEqualTo("the queue's writer failed: java.lang.IllegalStateException: broken rollback"));
            assertThat(log.lines(Level.ERROR, "The queue's writer failed and goes on; please report this"))
                    .hasSize(1);

            assertThat(writer.<Integer>call(transaction -> 1, Durability.RELAXED))
                    .isEqualTo(1);
            assertThat(writer.refusal()).isEmpty();
        }
    }

    @Test
    void whoFailsToTakeNoticeOfAWriteIsToldOfInTheLog() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        try (RecordedLog log = RecordedLog.open();
                Writer writer = writer(connection(), LONG)) {
            writer.submit(transaction -> 1, (done, failure) -> {
                told.countDown();
                throw new IllegalStateException("broken listener");
            });
            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(writer.<Integer>call(transaction -> 1, Durability.RELAXED))
                    .isEqualTo(1);
            assertThat(log.lines(
                            Level.ERROR, "Taking notice of a write failed; please report this as a fault of nsqite"))
                    .hasSize(1);
        }
    }

    @Test
    void aTransactionThatDoesNotEndIsAProblemUntilItDoes() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        try (Writer writer = writer(connection(), Duration.ZERO)) {
            FutureTask<Boolean> hanging = new FutureTask<>(() -> writer.call(
                    transaction -> {
                        entered.countDown();
                        return await(gate);
                    },
                    Durability.RELAXED));
            new Thread(hanging).start();
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(writer.refusal())
                    .get()
                    .satisfies(refusal -> assertThat(refusal.error())
                            .startsWith("a transaction of the queue has not ended after PT0S"));
            gate.countDown();
            assertThat(hanging.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(writer.refusal()).isEmpty();
        }
    }

    @Test
    void whatEndsInTimeIsNoProblem() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        try (Writer writer = writer(connection(), LONG)) {
            writer.submit(
                    transaction -> {
                        entered.countDown();
                        return await(gate);
                    },
                    (done, failure) -> {});
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(writer.refusal()).isEmpty();
            gate.countDown();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
