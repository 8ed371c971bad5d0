package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static io.nsqite.QueueFile.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.retry.ExponentialBackoff;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two that use one file, while the wall clock of both is set; time is driven by the test. */
@Timeout(60)
class ClockJumpTests {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration BACKOFF = Duration.ofSeconds(30);
    private static final String MARKER = "a marker";

    @TempDir
    Path folder;

    private final AtomicReference<Instant> wall = new AtomicReference<>(Instant.parse("2026-03-29T00:59:00Z"));
    private final ManualTimer timer = new ManualTimer();
    private final ManualTimer othersTimer = new ManualTimer();
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final AtomicInteger markers = new AtomicInteger();
    private QueueFile file;
    private RecordedLog log;
    private Nsqite serving;
    private Nsqite other;

    @BeforeEach
    void open() {
        log = RecordedLog.open();
        file = new QueueFile(folder);
        serving = open(timer);
        consume(serving);
        other = open(othersTimer);
    }

    @AfterEach
    void close() {
        serving.close();
        other.close();
        log.close();
    }

    private Nsqite open(ManualTimer itsTimer) {
        return Nsqite.builder(file.dataSource())
                .timer(itsTimer)
                .clock(wall::get)
                .build();
    }

    private void consume(Nsqite nsqite) {
        ConsumerOptions options =
                ConsumerOptions.defaults().withBackoff(new ExponentialBackoff(BACKOFF, 1, BACKOFF, 0));
        nsqite.consume("orders", "mail", options, delivery -> {
            if (new String(delivery.message().payload(), StandardCharsets.UTF_8).equals(MARKER)) {
                markers.incrementAndGet();
                return;
            }
            handled.add("%s %d".formatted(delivery.message().id(), delivery.attempt()));
            if (delivery.attempt() < 3) {
                throw new IllegalStateException("no mail today");
            }
        });
    }

    /** All clocks go on, second by second. */
    private void pass(Duration duration) {
        for (long second = 0; second < duration.toSeconds(); second++) {
            wall.updateAndGet(now -> now.plus(SECOND));
            timer.advance(SECOND);
            othersTimer.advance(SECOND);
        }
    }

    private void set(Duration by) {
        wall.updateAndGet(now -> now.plus(by));
    }

    private void awaitDue(int attempts) {
        QueueFile.await(() -> {
            timer.advance(Duration.ZERO);
            return file.rows("SELECT 1 FROM nsqite_delivery WHERE state = 'due' AND attempts = " + attempts)
                            .size()
                    == 10;
        });
    }

    /** Waits until the retries have moved with the clock, and the handlers' thread has looked at them and goes on. */
    private void awaitMarker(int times) {
        serving.producer().publish("orders", MARKER);
        QueueFile.await(() -> markers.get() == times);
    }

    private void awaitHandled(int times) {
        QueueFile.await(() -> {
            timer.advance(Duration.ZERO);
            othersTimer.advance(Duration.ZERO);
            return handled.size() == times;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {3600, -3600})
    void retriesKeepTheirDelayNothingIsLostAndNobodyLooksDead(int jump) throws Exception {
        for (int i = 0; i < 10; i++) {
            serving.producer().publish("orders", "x");
        }
        awaitDue(1);
        pass(Duration.ofSeconds(10));
        set(Duration.ofSeconds(jump));
        pass(SECOND);
        assertThat(handled).as("not hastened").hasSize(10);
        pass(Duration.ofSeconds(20));
        awaitHandled(20);
        awaitDue(2);

        pass(Duration.ofSeconds(31));
        awaitHandled(30);
        serving.admin().awaitDrained(CHANNEL, LIMIT);

        assertThat(handled).doesNotHaveDuplicates().hasSize(30);
        assertThat(file.rows("SELECT id FROM nsqite_owner")).hasSize(2);
        assertThat(log.lines(Level.INFO, "is dead")).isEmpty();
        assertThat(log.lines(Level.INFO, "taken for hung")).isEmpty();
        assertThat(log.lines(Level.WARN, "clock jumped by")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {3600, -3600})
    void newMessagesAreDeliveredAfterAJump(int jump) {
        set(Duration.ofSeconds(jump));
        serving.producer().publish("orders", "before the jump is noticed");
        awaitHandled(1);
        pass(SECOND);
        long after = other.producer().publish("orders", "after it");
        QueueFile.await(() -> {
            timer.advance(Duration.ofMillis(50));
            return handled.contains(after + " 1");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3600, -3600})
    void aRetryWaitsForItsDelayAtTheLongestAfterATakeoverByAProcessWithAnotherClock(int jump) {
        for (int i = 0; i < 10; i++) {
            serving.producer().publish("orders", "x");
        }
        awaitDue(1);
        serving.close();
        set(Duration.ofSeconds(jump));
        ManualTimer nextTimer = new ManualTimer();
        try (Nsqite next = open(nextTimer)) {
            consume(next);
            QueueFile.await(() -> next.consumers().all().get(0).awaitActive(LIMIT));
            nextTimer.advance(BACKOFF);
            QueueFile.await(() -> {
                // its alarm may have been set while the time was moved on
                boolean isEarly = nextTimer.nanoTime() < BACKOFF.multipliedBy(2).toNanos();
                nextTimer.advance(isEarly ? SECOND : Duration.ZERO);
                return handled.stream()
                                .filter(attempt -> attempt.endsWith(" 2"))
                                .count()
                        == 10;
            });
        }
        assertThat(handled).doesNotHaveDuplicates();
    }

    @Test
    void aProcessWhoseClockWasSetOftenStillKeepsTheDelay() {
        serving.producer().publish("orders", "x");
        QueueFile.await(() -> {
            timer.advance(Duration.ZERO);
            return handled.size() == 1
                    && file.rows("SELECT 1 FROM nsqite_delivery WHERE state = 'due'")
                                    .size()
                            == 1;
        });
        for (int second = 1; second <= 30; second++) {
            assertThat(handled).as("not hastened").hasSize(1);
            set(Duration.ofSeconds(second % 2 == 0 ? 3600 : -3600));
            pass(SECOND);
            awaitMarker(second);
        }
        awaitHandled(2);
    }
}
