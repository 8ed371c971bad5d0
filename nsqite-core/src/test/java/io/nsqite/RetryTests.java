package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static io.nsqite.QueueFile.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.nsqite.admin.DeadLetter;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.MessageHandler;
import io.nsqite.message.Delivery;
import io.nsqite.message.NewMessage;
import io.nsqite.retry.ExponentialBackoff;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Retries in a time that the test drives. */
@Timeout(30)
class RetryTests {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ConsumerOptions OPTIONS = ConsumerOptions.defaults()
            .withBackoff(new ExponentialBackoff(SECOND, 2, Duration.ofMinutes(1), 0))
            .withMaxAttempts(4);

    @TempDir
    Path folder;

    private final AtomicReference<Instant> wallClock = new AtomicReference<>(Instant.parse("2026-03-29T00:59:00Z"));
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private QueueFile file;
    private ManualTimer timer;
    private Nsqite nsqite;

    @BeforeEach
    void open() {
        file = new QueueFile(folder);
        timer = new ManualTimer();
        nsqite = Nsqite.builder(file.dataSource())
                .timer(timer)
                .clock(wallClock::get)
                .build();
    }

    @AfterEach
    void close() {
        nsqite.close();
    }

    private void consume(ConsumerOptions options, MessageHandler handler) {
        nsqite.consume("orders", "mail", options, handler);
    }

    private void record(Delivery delivery) {
        handled.add("%s %d at %d s".formatted(text(delivery), delivery.attempt(), timer.nanoTime() / 1_000_000_000));
    }

    private static String text(Delivery delivery) {
        return new String(delivery.message().payload(), StandardCharsets.UTF_8);
    }

    /** What was scheduled for now may be scheduled a little later than the test thinks. */
    private void awaitHandled(int attempts) {
        QueueFile.await(() -> {
            timer.advance(Duration.ZERO);
            return handled.size() >= attempts;
        });
    }

    private void awaitDue(int rows) {
        QueueFile.await(() ->
                file.rows("SELECT 1 FROM nsqite_delivery WHERE state = 'due'").size() == rows);
    }

    private void awaitDrained() {
        nsqite.admin().awaitDrained(CHANNEL, LIMIT);
    }

    @Test
    void distancesGrowAndTheLastFailureMakesADeadLetter() {
        consume(OPTIONS, delivery -> {
            record(delivery);
            throw new IllegalStateException("no mail today " + delivery.attempt() + " " + delivery.lastAttempt());
        });
        nsqite.producer().publish("orders", "a");
        for (int attempt = 1; attempt < 4; attempt++) {
            awaitHandled(attempt);
            awaitDue(1);
            timer.advance(Duration.ofMillis((1000L << (attempt - 1)) - 1));
            timer.advance(Duration.ofMillis(1));
        }
        awaitHandled(4);
        awaitDrained();

        assertThat(handled).containsExactly("a 1 at 0 s", "a 2 at 1 s", "a 3 at 3 s", "a 4 at 7 s");
        assertThat(deadLetters()).singleElement().satisfies(dead -> {
            assertThat(dead.attempts()).isEqualTo(4);
            assertThat(dead.error()).contains("IllegalStateException", "no mail today 4 true");
            assertThat(dead.stack()).contains("RetryTests");
            assertThat(dead.failedAt()).isEqualTo(wallClock.get().plusSeconds(7));
        });
    }

    private List<DeadLetter> deadLetters() {
        return nsqite.admin().deadLetters(DeadLetterQuery.all());
    }

    @Test
    void aWallClockThatJumpsNeitherDelaysNorHastensARetry() {
        consume(OPTIONS, delivery -> {
            record(delivery);
            wallClock.updateAndGet(now -> now.plusSeconds(delivery.attempt() == 1 ? 3600 : -7200));
            throw new IllegalStateException("no mail today");
        });
        nsqite.producer().publish("orders", "a");
        awaitHandled(1);
        awaitDue(1);
        timer.advance(SECOND);
        awaitHandled(2);
        awaitDue(1);
        timer.advance(SECOND.multipliedBy(2));
        awaitHandled(3);

        assertThat(handled).containsExactly("a 1 at 0 s", "a 2 at 1 s", "a 3 at 3 s");
    }

    @Test
    void anErrorOfAHandlerIsAFailureLikeOthers() {
        consume(OPTIONS, delivery -> {
            record(delivery);
            if (delivery.attempt() == 1) {
                throw new StackOverflowError();
            }
        });
        nsqite.producer().publish("orders", "a");
        nsqite.producer().publish("orders", "b");
        awaitHandled(2);
        awaitDue(2);
        timer.advance(SECOND);
        awaitHandled(4);
        awaitDrained();
        assertThat(handled).containsExactlyInAnyOrder("a 1 at 0 s", "b 1 at 0 s", "a 2 at 1 s", "b 2 at 1 s");
    }

    @Test
    void aFailureThatRetryingCantCureIsADeadLetterAtOnceAndTheOthersGoOn() {
        consume(OPTIONS.withFatal(ArithmeticException.class::isInstance), delivery -> {
            record(delivery);
            if (text(delivery).equals("bad")) {
                throw new ArithmeticException("1/0");
            }
        });
        nsqite.producer().publish("orders", "bad");
        nsqite.producer().publish("orders", "good");
        awaitDrained();
        assertThat(handled).containsExactly("bad 1 at 0 s", "good 1 at 0 s");
        assertThat(deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead.attempts()).isEqualTo(1));
    }

    @Test
    void aJudgementThatThrowsCountsAsCurable() {
        consume(
                OPTIONS.withFatal(failure -> {
                    throw new AssertionError("a judge without judgement");
                }),
                delivery -> {
                    record(delivery);
                    if (delivery.attempt() == 1) {
                        throw new IllegalStateException("no mail today");
                    }
                });
        nsqite.producer().publish("orders", "a");
        awaitDue(1);
        timer.advance(SECOND);
        awaitHandled(2);
        awaitDrained();
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void withoutAMaximumThereIsNoEnd() {
        consume(OPTIONS.withMaxAttempts(0), delivery -> {
            record(delivery);
            assertThat(delivery.lastAttempt()).isFalse();
            throw new IllegalStateException("no mail today");
        });
        nsqite.producer().publish("orders", "a");
        for (int attempt = 1; attempt <= 30; attempt++) {
            awaitHandled(attempt);
            awaitDue(1);
            timer.advance(Duration.ofMinutes(1));
        }
        awaitHandled(31);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void aMaximumLoweredBetweenRunsIsAppliedToWhatWasTriedOftenEnough() {
        consume(OPTIONS, delivery -> {
            record(delivery);
            throw new IllegalStateException("no mail today");
        });
        nsqite.producer().publish("orders", "a");
        awaitDue(1);
        timer.advance(SECOND);
        awaitHandled(2);
        awaitDue(1);
        nsqite.close();
        wallClock.set(wallClock.get().plusSeconds(60));
        open();

        consume(OPTIONS.withMaxAttempts(2), this::record);
        awaitDrained();

        assertThat(handled).hasSize(2);
        assertThat(deadLetters()).singleElement().satisfies(dead -> {
            assertThat(dead.attempts()).isEqualTo(2);
            assertThat(dead.error()).contains("no mail today");
        });
    }

    @Test
    void retriesAndNewMessagesTakeTurns() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        consume(OPTIONS, delivery -> {
            if (text(delivery).equals("gate")) {
                busy.countDown();
                go.await();
                return;
            }
            record(delivery);
            if (text(delivery).equals("old") && delivery.attempt() == 1) {
                throw new IllegalStateException("no mail today");
            }
        });
        publish("old", 10);
        awaitDue(10);
        nsqite.producer().publish("orders", "gate");
        busy.await();
        handled.clear();
        publish("new", 600);
        timer.advance(SECOND);
        go.countDown();
        awaitDrained();

        List<String> first = handled.subList(0, 20);
        assertThat(first.stream().filter("old 2 at 1 s"::equals)).hasSizeBetween(9, 10);
        assertThat(handled).hasSize(610);
    }

    private void publish(String payload, int times) {
        nsqite.producer()
                .publish(IntStream.range(0, times)
                        .mapToObj(i -> NewMessage.to("orders", payload))
                        .toList());
    }

    @Test
    void aRetryThatBecomesDueWhileAnotherIsFetchedIsNotForgotten() {
        consume(
                OPTIONS.withConcurrency(4)
                        .withMaxAttempts(40)
                        .withBackoff(new ExponentialBackoff(Duration.ZERO, 1, Duration.ZERO, 0)),
                delivery -> {
                    record(delivery);
                    if (delivery.attempt() < 20) {
                        throw new IllegalStateException("no mail today");
                    }
                });
        publish("a", 20);
        awaitHandled(400);
        awaitDrained();
        assertThat(handled).hasSize(400);
    }

    /** An exception as applications write them. */
    private static final class Unprintable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message without a session");
        }

        @Override
        public String toString() {
            throw new LinkageError("nor a text");
        }
    }

    @Test
    void anExceptionThatCantBePrintedIsAFailureLikeOthers() {
        try (RecordedLog log = RecordedLog.open()) {
            consume(OPTIONS.withMaxAttempts(1), delivery -> {
                record(delivery);
                throw new Unprintable();
            });
            nsqite.producer().publish("orders", "a");
            nsqite.producer().publish("orders", "b");
            awaitDrained();
            assertThat(handled).hasSize(2);
            assertThat(deadLetters())
                    .hasSize(2)
                    .allSatisfy(dead -> assertThat(dead.error()).contains("Unprintable"));
            assertThat(log.lines(Level.WARN, "was the last")).hasSize(2);
            assertThat(log.lines(Level.ERROR, "")).isEmpty();
        }
    }

    @Test
    void anExceptionWithoutTextIsStoredAsWell() {
        consume(OPTIONS.withMaxAttempts(1), delivery -> {
            throw new IllegalStateException() {
                private static final long serialVersionUID = 1L;

                @Override
                public String toString() {
                    return null;
                }
            };
        });
        nsqite.producer().publish("orders", "a");
        awaitDrained();
        assertThat(deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead.error()).isEqualTo("null"));
    }
}
