package io.nsqite;

import static io.nsqite.QueueFile.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.HandlerTransaction;
import io.nsqite.consumer.MessageHandler;
import io.nsqite.message.Delivery;
import io.nsqite.message.NewMessage;
import io.nsqite.retry.ExponentialBackoff;
import io.nsqite.sqlite.SqliteConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Retries keep their delays, whenever the wall clock is set and whoever serves the channel then; what is scheduled does not. Time is driven by the
 * test.
 */
@Timeout(60)
class ClockAndRetryTests {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DELAY = Duration.ofSeconds(30);
    private static final int SQLITE_FULL = 13;
    private static final ConsumerOptions OPTIONS =
            ConsumerOptions.defaults().withBackoff(new ExponentialBackoff(DELAY, 1, DELAY, 0));

    @TempDir
    Path folder;

    private final AtomicReference<Instant> wall = new AtomicReference<>(Instant.parse("2026-03-29T00:59:00Z"));
    private final List<Integer> attempts = new CopyOnWriteArrayList<>();
    private FaultyDriver driver;
    private QueueFile file;
    private ManualTimer timer;
    private Nsqite nsqite;

    @BeforeEach
    void open() throws Exception {
        driver = FaultyDriver.open();
        file = new QueueFile(folder);
        begin();
    }

    private void begin() {
        timer = new ManualTimer();
        nsqite = Nsqite.builder(file.dataSource()).timer(timer).clock(wall::get).build();
    }

    @AfterEach
    void close() throws Exception {
        driver.heal();
        nsqite.close();
        driver.close();
    }

    private void consume(ConsumerOptions options, MessageHandler handler) {
        nsqite.consume("orders", "mail", options, delivery -> {
            attempts.add(delivery.attempt());
            handler.handle(delivery);
        });
    }

    /** Ends in order, and begins anew after the clock was set. */
    private void takeOverAfter(Duration jump, ConsumerOptions options, MessageHandler handler) {
        nsqite.close();
        set(jump);
        begin();
        consume(options, handler);
        QueueFile.await(() -> nsqite.consumers().all().get(0).awaitActive(LIMIT));
    }

    private void set(Duration by) {
        wall.updateAndGet(now -> now.plus(by));
    }

    /** The clock was set, and the queue has noticed it and written what it wants to. */
    private void setAndNotice(Duration by) {
        set(by);
        pass(SECOND);
        nsqite.producer().publish("another", "comes after what the writer was told before");
    }

    /** All clocks go on, second by second. */
    private void pass(Duration duration) {
        for (long second = 0; second < duration.toSeconds(); second++) {
            wall.updateAndGet(now -> now.plus(SECOND));
            timer.advance(SECOND);
        }
    }

    private void awaitAttempts(Integer... expected) {
        QueueFile.await(() -> {
            timer.advance(Duration.ZERO);
            return attempts.size() == expected.length;
        });
        assertThat(attempts).containsExactly(expected);
    }

    private void awaitDue(int afterAttempts) {
        QueueFile.await(() -> {
            timer.advance(Duration.ZERO);
            return file.rows("SELECT 1 FROM nsqite_delivery WHERE state = 'due' AND message_id = 1 AND attempts = "
                                    + afterAttempts)
                            .size()
                    == 1;
        });
    }

    private static void failTwice(Delivery delivery) {
        if (delivery.attempt() < 3) {
            throw new IllegalStateException("no mail today");
        }
    }

    // ---- no row is touched ----

    @ParameterizedTest
    @ValueSource(ints = {3600, -3600})
    void howeverManyWaitNoneIsWrittenWhenTheClockJumpsNorAtATakeover(int jump) throws Exception {
        consume(OPTIONS, ClockAndRetryTests::failTwice);
        nsqite.producer().publish("orders", "x");
        awaitDue(1);
        file.execute("WITH RECURSIVE n (id) AS (SELECT 1000000 UNION ALL SELECT id + 1 FROM n LIMIT 3000)"
                + " INSERT INTO nsqite_delivery"
                + " (channel_id, message_id, priority, state, due_at, attempts, error, stack, failed_at)"
                + " SELECT channel_id, id, 4, 'due', due_at + 7200000, 1, error, stack, failed_at"
                + " FROM n, nsqite_delivery WHERE message_id = 1");
        file.execute("CREATE TABLE written (message_id INTEGER)");
        file.execute("CREATE TRIGGER row_written AFTER UPDATE ON nsqite_delivery"
                + " BEGIN INSERT INTO written VALUES (NEW.message_id); END");

        setAndNotice(Duration.ofSeconds(jump));
        pass(DELAY);
        awaitAttempts(1, 2);
        awaitDue(2);
        takeOverAfter(Duration.ofSeconds(-2 * jump), OPTIONS, ClockAndRetryTests::failTwice);
        pass(DELAY);
        awaitAttempts(1, 2, 3);

        assertThat(file.rows("SELECT count(*) FROM written")).containsExactly("0");
    }

    // ---- answers from before the jump that are written after it ----

    @ParameterizedTest
    @ValueSource(ints = {3600, -3600})
    void aFailureThatCouldNotBeWrittenBeforeTheClockJumped(int jump) {
        AtomicReference<Duration> second = new AtomicReference<>();
        driver.failWith(SQLITE_FULL, sql -> sql.contains("INTO nsqite_delivery"));
        consume(OPTIONS, delivery -> {
            if (delivery.attempt() == 2) {
                second.set(Duration.ofNanos(timer.nanoTime()));
            }
            failTwice(delivery);
        });
        nsqite.producer().publish("orders", "x");
        QueueFile.await(() -> driver.failures() > 0);
        setAndNotice(Duration.ofSeconds(jump));
        driver.heal();
        QueueFile.await(() -> {
            pass(SECOND);
            return second.get() != null;
        });
        assertThat(second.get()).isBetween(DELAY, HOUR.dividedBy(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {3600, -3600})
    void anAnswerThatWaitsForItsTransactionToRollBackWhenTheClockJumps(int jump) throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch jumped = new CountDownLatch(1);
        consume(OPTIONS.withTransaction(inTransaction()), delivery -> {
            if (delivery.attempt() == 1) {
                delivery.requeue(DELAY);
                answered.countDown();
                jumped.await();
            }
        });
        nsqite.producer().publish("orders", "x");
        answered.await();
        setAndNotice(Duration.ofSeconds(jump));
        jumped.countDown();
        awaitDue(1);
        timer.advance(Duration.ZERO);
        assertThat(attempts).as("not hastened").containsExactly(1);
        pass(DELAY.minusSeconds(1));
        awaitAttempts(1, 2);
    }

    private HandlerTransaction inTransaction() {
        return body -> {
            try (SqliteConnection connection = file.transaction()) {
                try {
                    body.handle();
                    body.acknowledge(connection);
                    connection.commit();
                } catch (Throwable failure) {
                    connection.rollback();
                    throw failure;
                }
            }
        };
    }

    // ---- a clock that was set back before the channel is taken ----

    @Test
    void whatWasRequeuedAtItsFirstAttemptIsDueAfterItsDelayAtTheLatest() {
        MessageHandler handler = delivery -> {
            if (delivery.attempt() == 1) {
                delivery.requeue(DELAY);
            }
        };
        consume(OPTIONS, handler);
        nsqite.producer().publish("orders", "x");
        awaitDue(1);
        takeOverAfter(HOUR.negated(), OPTIONS, handler);
        pass(DELAY);
        awaitAttempts(1, 2);
    }

    @Test
    void whatWasRequeuedAfterAnEarlierFailureIsDueAfterItsLastDelayAtTheLatest() {
        MessageHandler handler = delivery -> {
            if (delivery.attempt() == 1) {
                throw new IllegalStateException("no mail today");
            }
            if (delivery.attempt() == 2) {
                delivery.requeue(DELAY);
            }
        };
        consume(OPTIONS, handler);
        nsqite.producer().publish("orders", "x");
        awaitDue(1);
        pass(DELAY);
        awaitDue(2);
        takeOverAfter(HOUR.negated(), OPTIONS, handler);
        pass(DELAY);
        awaitAttempts(1, 2, 3);
    }

    @Test
    void aClockThatIsSetBackBeforeEveryTakeoverDoesNotDelayForEver() {
        consume(OPTIONS, ClockAndRetryTests::failTwice);
        nsqite.producer().publish("orders", "x");
        awaitDue(1);
        for (int takeover = 1; takeover <= 3; takeover++) {
            takeOverAfter(HOUR.negated(), OPTIONS, ClockAndRetryTests::failTwice);
            pass(DELAY.dividedBy(3));
        }
        awaitAttempts(1, 2);
    }

    // ---- what follows the wall clock ----

    private void publishScheduled(Duration delay) {
        nsqite.producer()
                .publish(NewMessage.to("orders", "x").withDeliverAt(wall.get().plus(delay)));
        QueueFile.await(this::isScheduled);
    }

    private boolean isScheduled() throws Exception {
        return file.rows("SELECT 1 FROM nsqite_delivery WHERE state = 'scheduled'")
                        .size()
                == 1;
    }

    private void assertStillScheduled() throws Exception {
        nsqite.producer().publish("orders", "comes at once");
        awaitAttempts(1);
        assertThat(isScheduled()).isTrue();
    }

    @Test
    void whatIsScheduledIsEarlyWhenTheClockIsSetForward() throws Exception {
        consume(OPTIONS, delivery -> {});
        publishScheduled(HOUR.plus(DELAY));
        set(HOUR);
        pass(DELAY.minus(SECOND));
        assertStillScheduled();
        pass(SECOND);
        awaitAttempts(1, 1);
    }

    @Test
    void whatIsScheduledIsLateWhenTheClockIsSetBack() throws Exception {
        consume(OPTIONS, delivery -> {});
        publishScheduled(DELAY);
        set(HOUR.negated());
        pass(DELAY.plus(SECOND));
        assertStillScheduled();
        set(HOUR);
        pass(SECOND);
        awaitAttempts(1, 1);
    }

    @Test
    void whatIsScheduledIsLateAfterATakeoverToo() throws Exception {
        consume(OPTIONS, delivery -> {});
        publishScheduled(DELAY);
        takeOverAfter(HOUR.negated(), OPTIONS, delivery -> {});
        pass(DELAY.plus(SECOND));
        assertStillScheduled();
        set(HOUR);
        pass(SECOND);
        awaitAttempts(1, 1);
    }
}
