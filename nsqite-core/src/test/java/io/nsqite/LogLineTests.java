package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static io.nsqite.QueueFile.LIMIT;
import static io.nsqite.QueueFile.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.nsqite.consumer.AckMode;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.MessageHandler;
import io.nsqite.retry.ExponentialBackoff;
import io.nsqite.wakeup.SystemTimer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What operators read in the log when something goes wrong that they should act upon. */
@Timeout(30)
class LogLineTests {

    private static final Duration SOON = Duration.ofMillis(1);
    private static final ConsumerOptions OPTIONS =
            ConsumerOptions.defaults().withBackoff(new ExponentialBackoff(SOON, 1, SOON, 0));

    @TempDir
    Path folder;

    private FaultyDriver disk;
    private RecordedLog log;
    private QueueFile file;
    private Nsqite nsqite;

    @BeforeEach
    void open() throws Exception {
        disk = FaultyDriver.open();
        log = RecordedLog.open();
        file = new QueueFile(folder);
        nsqite = Nsqite.builder(file.dataSource()).build();
    }

    @AfterEach
    void close() throws Exception {
        disk.heal();
        nsqite.close();
        log.close();
        disk.close();
    }

    private Consumer consume(ConsumerOptions options, MessageHandler handler) {
        Consumer consumer = nsqite.consume("orders", "mail", options, handler);
        assertThat(consumer.awaitActive(LIMIT)).isTrue();
        return consumer;
    }

    private void publishAndDrain() {
        nsqite.producer().publish("orders", "x");
        nsqite.admin().awaitDrained(CHANNEL, LIMIT);
    }

    private void awaitLine(Level level, String text) {
        await(() -> !log.lines(level, text).isEmpty());
    }

    @Test
    void aFailureThatTryingAgainCantCure() {
        consume(OPTIONS.withFatal(IllegalArgumentException.class::isInstance), delivery -> {
            throw new IllegalArgumentException("no such customer");
        });
        publishAndDrain();
        assertThat(log.lines(Level.WARN, "can't be cured by trying again; the message is a dead letter now"))
                .singleElement()
                .asString()
                .contains("orders", "mail", "1");
    }

    @Test
    void theLastFailureAndARuleThatFailsItself() {
        consume(
                OPTIONS.withMaxAttempts(2).withFatal(failure -> {
                    throw new IllegalStateException("broken rule");
                }),
                delivery -> {
                    throw new IllegalArgumentException("no mail today");
                });
        publishAndDrain();
        assertThat(log.lines(Level.WARN, "failed and was the last; the message is a dead letter now"))
                .hasSize(1);
        assertThat(log.lines(Level.ERROR, "Judging a failure failed; the message is tried again"))
                .hasSize(2);
    }

    @Test
    void aMessageThatNobodyAnswers() {
        consume(
                OPTIONS.withAckMode(AckMode.MANUAL)
                        .withAckLease(Duration.ofMillis(50))
                        .withMaxAttempts(2),
                delivery -> {});
        publishAndDrain();
        assertThat(log.lines(Level.WARN, "was not answered within PT0.05S, and comes again"))
                .hasSize(1);
        assertThat(log.lines(Level.WARN, "was the last and not answered within PT0.05S; it is a dead letter now"))
                .hasSize(1);
    }

    @Test
    void aMessageThatWasTriedAsOftenAsItMayBeNow() {
        AtomicInteger attempts = new AtomicInteger();
        Duration later = Duration.ofMillis(300);
        ConsumerOptions patient = OPTIONS.withBackoff(new ExponentialBackoff(later, 1, later, 0));
        Consumer consumer = consume(patient, delivery -> {
            attempts.incrementAndGet();
            throw new IllegalStateException("no mail today");
        });
        nsqite.producer().publish("orders", "x");
        await(() -> attempts.get() > 0);
        nsqite.consumers().unregister(consumer, LIMIT);
        consume(OPTIONS.withMaxAttempts(1), delivery -> {});
        awaitLine(Level.WARN, " times, as often as it may be, and is a dead letter now");
    }

    @Test
    void aDatabaseThatWasEmptied() throws Exception {
        Consumer consumer = consume(OPTIONS, delivery -> {});
        publishAndDrain();
        consumer.stop(LIMIT);
        nsqite.close();
        file.execute("UPDATE nsqite_cursor SET done_to = 99"); // as if the log had been longer
        nsqite = Nsqite.builder(file.dataSource()).build();
        awaitLine(Level.ERROR, "cursors stood beyond the end of the log and were moved back to it; was ");
    }

    @Test
    void aProcessThatIsNotKnownAnyMoreAndCantRegister() throws Exception {
        disk.failWith(10, sql -> sql.contains("INSERT INTO nsqite_owner"));
        file.execute("DELETE FROM nsqite_owner"); // noticed within milliseconds
        awaitLine(Level.WARN, "This process was not known as an owner of ");
        awaitLine(Level.ERROR, "Registering anew failed and is tried again in ");
        disk.heal();
        await(() -> !nsqite.admin().owners().isEmpty());
    }

    @Test
    void rowsOfADeletedChannelThatCantBeDeleted() {
        Consumer consumer = consume(OPTIONS, delivery -> {});
        publishAndDrain();
        consumer.stop(LIMIT);
        disk.failWith(10, sql -> sql.contains("DELETE FROM nsqite_cursor"));
        nsqite.admin().delete(CHANNEL);
        awaitLine(Level.WARN, "Deleting the rows of deleted channels failed and is tried again in ");
    }

    @Test
    void aProcessThatCantSignOff() {
        disk.failWith(10, sql -> sql.contains("DELETE FROM nsqite_owner"));
        nsqite.close();
        assertThat(log.lines(Level.WARN, "This process could not sign off; others notice that it ended by its lock"))
                .hasSize(1);
    }

    @Test
    void aTimedTaskThatFails() {
        try (SystemTimer timer = new SystemTimer("test-timer")) {
            timer.schedule(Duration.ZERO, () -> {
                throw new IllegalStateException("broken task");
            });
            awaitLine(Level.ERROR, "A timed task failed; this is a fault of nsqite, please report it");
        }
    }
}
