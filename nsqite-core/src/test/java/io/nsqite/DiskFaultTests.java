package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static io.nsqite.QueueFile.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import ch.qos.logback.classic.Level;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.message.Delivery;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.PublishException;
import io.nsqite.retry.ExponentialBackoff;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that is full, fails or allows nothing but reading, for a while. */
@Timeout(30)
class DiskFaultTests {

    private static final int READONLY = 8;
    private static final int IOERR = 10;
    private static final int FULL = 13;
    private static final Duration RETRY_DELAY = Duration.ofMillis(10);
    private static final ConsumerOptions OPTIONS =
            ConsumerOptions.defaults().withBackoff(new ExponentialBackoff(RETRY_DELAY, 1, RETRY_DELAY, 0));

    private static final Predicate<String> WRITES = sql -> sql.matches("(?is)\\s*(INSERT|UPDATE|DELETE|REPLACE).*");
    private static final Predicate<String> COMMITS = sql -> sql.equals("COMMIT");

    @TempDir
    Path folder;

    private final Set<String> handled = ConcurrentHashMap.newKeySet();
    private FaultyDriver disk;
    private QueueFile file;
    private ManualTimer timer;
    private Nsqite nsqite;

    @BeforeEach
    void open() throws Exception {
        disk = FaultyDriver.open();
        file = new QueueFile(folder);
        timer = new ManualTimer();
        nsqite = Nsqite.builder(file.dataSource()).timer(timer).build();
        file.execute("CREATE TABLE business (id INTEGER PRIMARY KEY, text TEXT)");
    }

    @AfterEach
    void close() throws Exception {
        disk.heal();
        nsqite.close();
        disk.close();
    }

    private static Predicate<String> statements(String where) {
        return where.equals("COMMIT") ? COMMITS : WRITES;
    }

    private void publish(String prefix, int messages) {
        nsqite.producer()
                .publish(IntStream.range(0, messages)
                        .mapToObj(i -> NewMessage.to("orders", prefix + i))
                        .toList());
    }

    private static String text(Delivery delivery) {
        return new String(delivery.message().payload(), StandardCharsets.UTF_8);
    }

    private void letTimePass() {
        timer.advance(Duration.ofMillis(100));
    }

    private void awaitDrained() {
        QueueFile.await(() -> {
            letTimePass();
            return nsqite.admin().channels().get(0).isDrained();
        });
    }

    @ParameterizedTest
    @CsvSource({"13,COMMIT", "13,WRITE", "10,COMMIT", "10,WRITE", "8,COMMIT", "8,WRITE"})
    void consumersBackOffAndGoOnByThemselvesAndTheLogSaysItOnce(int code, String where) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        nsqite.consume("orders", "mail", OPTIONS.withConcurrency(2), delivery -> {
            gate.await();
            handled.add(text(delivery));
            if (delivery.attempt() == 1 && text(delivery).endsWith("7")) {
                throw new IllegalStateException("no mail today");
            }
        });
        publish("a", 16); // fewer than may be in hand while nothing is settled
        try (RecordedLog log = RecordedLog.open()) {
            disk.failWith(code, statements(where));
            gate.countDown();
            QueueFile.await(() -> {
                letTimePass();
                return handled.size() == 16 && disk.failures() >= 8;
            });
            disk.heal();
            publish("b", 10);
            awaitDrained();

            assertThat(handled).hasSize(26);
            assertThat(log.lines(Level.WARN, "settling failed")).hasSize(1);
            assertThat(log.lines(Level.INFO, "settling works again")).hasSize(1);
            assertThat(log.lines(Level.ERROR, "")).isEmpty();
            assertThat(log.lines(Level.WARN, "")).hasSizeLessThanOrEqualTo(2);
        }
        assertThat(file.rows("SELECT count(*) FROM nsqite_done")).containsExactly("0");
        assertThat(file.rows("SELECT count(*) FROM nsqite_delivery")).containsExactly("0");
    }

    @ParameterizedTest
    @CsvSource({"13,COMMIT", "13,WRITE", "10,COMMIT", "10,WRITE", "8,COMMIT", "8,WRITE"})
    void publishSaysWhatTheDatabaseSaidAndNothingIsStored(int code, String where) throws Exception {
        disk.failWith(code, statements(where));

        assertThatThrownBy(() -> nsqite.producer().publish("orders", "x"))
                .asInstanceOf(type(PublishException.class))
                .satisfies(e -> assertThat(e.errorCode()).isEqualTo(code))
                .satisfies(e -> assertThat(e).hasMessageContaining("orders"));

        disk.heal();
        assertThat(file.rows("SELECT count(*) FROM nsqite_message")).containsExactly("0");
        nsqite.producer().publish("orders", "y");
        assertThat(file.rows("SELECT count(*) FROM nsqite_message")).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(ints = {FULL, IOERR, READONLY})
    void aBusinessTransactionFailsWithItsOwnExceptionAndRollsBack(int code) throws Exception {
        try (var transaction = file.transaction();
                Statement statement = transaction.createStatement()) {
            statement.executeUpdate("INSERT INTO business (text) VALUES ('a')");
            disk.failWith(code, sql -> sql.contains("INTO nsqite_message"));
            assertThatThrownBy(() -> nsqite.producer().publishTx(transaction, NewMessage.to("orders", "x")))
                    .isInstanceOf(PublishException.class);
            transaction.rollback();

            disk.heal();
            statement.executeUpdate("INSERT INTO business (text) VALUES ('b')");
            nsqite.producer().publishTx(transaction, NewMessage.to("orders", "y"));
            disk.failWith(code, COMMITS);
            assertThatThrownBy(transaction::commit)
                    .asInstanceOf(type(SQLException.class))
                    .satisfies(e -> assertThat(e.getErrorCode()).isEqualTo(code));
            disk.heal();
        }
        assertThat(file.rows("SELECT count(*) FROM business")).containsExactly("0");
        assertThat(file.rows("SELECT count(*) FROM nsqite_message")).containsExactly("0");
    }

    @Test
    void readingThatFailsIsRepeatedAndTheLogSaysItOnce() throws Exception {
        nsqite.consume("orders", "mail", OPTIONS, delivery -> handled.add(text(delivery)));
        publish("a", 1);
        awaitDrained();
        try (RecordedLog log = RecordedLog.open()) {
            disk.failWith(IOERR, sql -> sql.startsWith("SELECT") || sql.startsWith("PRAGMA data_version"));
            file.execute("INSERT INTO business (text) VALUES ('a')"); // a signal that leads to a look
            QueueFile.await(() -> {
                letTimePass();
                return disk.failures() > 20;
            });
            disk.heal();
            publish("b", 10);
            awaitDrained();

            assertThat(handled).hasSize(11);
            assertThat(log.lines(Level.WARN, "Looking for commits")).hasSize(1);
            assertThat(log.lines(Level.WARN, "Looking for other processes")).hasSizeLessThanOrEqualTo(1);
            assertThat(log.lines(Level.ERROR, "")).isEmpty();
        }
    }

    @Test
    void aRetryWhoseAttemptWasRecordedBeforeTheFaultIsNeitherStuckNorCountedTwice() throws Exception {
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        nsqite.consume("orders", "mail", OPTIONS.withMaxAttempts(2), delivery -> {
            attempts.add(delivery.attempt());
            throw new IllegalStateException("always");
        });
        publish("a", 1);
        QueueFile.await(() ->
                file.rows("SELECT 1 FROM nsqite_delivery WHERE state = 'due'").size() == 1);

        AtomicBoolean recorded = new AtomicBoolean();
        disk.failAfter(IOERR, sql -> {
            if (sql.contains("INTO nsqite_delivery")) {
                recorded.set(true);
            }
            return sql.startsWith("COMMIT") && recorded.compareAndSet(true, false) && disk.failures() == 0;
        });
        timer.advance(RETRY_DELAY);
        QueueFile.await(() -> {
            timer.advance(
                    Duration.ZERO); // no further, so that the row stays as the fault left it: what failed is tried
            // again later
            return disk.failures() > 0;
        });
        assertThat(file.rows("SELECT state, attempts FROM nsqite_delivery")).containsExactly("running,2");
        disk.heal();
        awaitDrained();

        assertThat(attempts).containsExactly(1, 2);
        assertThat(file.rows("SELECT state, attempts FROM nsqite_delivery")).containsExactly("dead,2");
    }

    @Test
    void aChannelThatCantBeTakenYetIsTakenLaterAndTheLogSaysItOnce() throws Exception {
        var consumer = nsqite.consume("orders", "mail", OPTIONS, delivery -> handled.add(text(delivery)));
        assertThat(consumer.awaitActive(LIMIT)).isTrue();
        consumer.stop(LIMIT);
        try (RecordedLog log = RecordedLog.open()) {
            disk.failWith(FULL, WRITES);
            consumer.start();
            QueueFile.await(() -> {
                letTimePass();
                return disk.failures() >= 4;
            });
            disk.heal();
            publish("a", 1);
            awaitDrained();
            assertThat(log.lines(Level.WARN, "")).singleElement().asString().contains("taking the channel failed");
        }
    }

    @Test
    void aFullDiskLosesNothing() throws Exception {
        nsqite.consume("orders", "mail", OPTIONS, delivery -> handled.add(text(delivery)));
        publish("a", 10);
        awaitDrained();
        int stored = 10;
        try (var transaction = file.transaction();
                Statement statement = transaction.createStatement()) {
            disk.limitPages(1); // not less than there are
            byte[] large = new byte[20_000];
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1000; i++) {
                            nsqite.producer().publish("large", large);
                        }
                    })
                    .asInstanceOf(type(PublishException.class))
                    .satisfies(e -> assertThat(e.errorCode()).isEqualTo(FULL));
            statement.executeUpdate("INSERT INTO business (text) VALUES ('a')");
            assertThatThrownBy(() -> nsqite.producer().publishTx(transaction, NewMessage.to("orders", large)))
                    .asInstanceOf(type(PublishException.class))
                    .satisfies(e -> assertThat(e.errorCode()).isEqualTo(FULL));
            transaction.rollback();

            disk.limitPages(1_000_000);
            statement.executeUpdate("INSERT INTO business (text) VALUES ('b')");
            nsqite.producer().publishTx(transaction, NewMessage.to("orders", "last"));
            transaction.commit();
            stored++;
        }
        awaitDrained();
        assertThat(handled).hasSize(stored).contains("last");
        assertThat(file.rows("SELECT text FROM business")).containsExactly("b");
        nsqite.admin().awaitDrained(CHANNEL, LIMIT);
    }
}
