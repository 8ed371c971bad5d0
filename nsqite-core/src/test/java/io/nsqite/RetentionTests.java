package io.nsqite;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.maintenance.RetentionOptions;
import io.nsqite.message.NewMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Old messages go while the queue runs, in a time that the test drives. */
@Timeout(60)
class RetentionTests {

    private static final Instant START = Instant.parse("2026-03-29T00:59:00Z");
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final RetentionOptions OPTIONS = RetentionOptions.defaults().withConsumed(KEPT);
    private static final int ROUND = 1200;
    private static final String NEXT_YEAR = "next year";

    @TempDir
    Path folder;

    private final AtomicInteger handled = new AtomicInteger();
    private QueueFile file;
    private ManualTimer timer;
    private Nsqite nsqite;

    @BeforeEach
    void prepare() {
        file = new QueueFile(folder);
        timer = new ManualTimer();
    }

    @AfterEach
    void close() {
        nsqite.close();
    }

    private void open(RetentionOptions retention) {
        nsqite = open(retention, timer);
    }

    private Nsqite open(RetentionOptions retention, ManualTimer drivenTimer) {
        return Nsqite.builder(file.dataSource())
                .options(NsqiteOptions.defaults().withRetention(retention))
                .timer(drivenTimer)
                .clock(() -> START.plusNanos(drivenTimer.nanoTime()))
                .build();
    }

    /** Messages whose text is bad become dead letters. */
    private void consume() {
        nsqite.consume("orders", "mail", ConsumerOptions.defaults().withMaxAttempts(1), delivery -> {
            String text = new String(delivery.message().payload(), StandardCharsets.UTF_8);
            if (text.equals(NEXT_YEAR)) {
                return;
            }
            handled.incrementAndGet();
            if (text.equals("bad")) {
                throw new IllegalStateException("no mail today");
            }
        });
    }

    private void publishAndConsume(String text, int count) {
        int all = handled.get() + count;
        nsqite.producer()
                .publish(IntStream.range(0, count)
                        .mapToObj(i -> NewMessage.to("orders", text))
                        .toList());
        QueueFile.await(() -> handled.get() == all);
    }

    private List<String> kept() throws Exception {
        return file.rows("SELECT CAST(payload AS TEXT) FROM nsqite_message WHERE topic_id <> 0 ORDER BY id");
    }

    private void awaitKept(List<String> texts) {
        awaitKept(texts, Duration.ofMillis(100));
    }

    private void awaitKept(List<String> texts, Duration step) {
        QueueFile.await(() -> {
            timer.advance(step);
            return kept().equals(texts);
        });
    }

    @Test
    void theFileStopsGrowingWhileADeadLetterAndAMessageForNextYearStay() throws Exception {
        open(OPTIONS);
        nsqite.producer().publish("unheard", "kept");
        consume();
        publishAndConsume("bad", 1);
        nsqite.producer().publish(NewMessage.to("orders", NEXT_YEAR).withDelay(Duration.ofDays(365)));
        List<Long> pages = new ArrayList<>();
        for (int round = 0; round < 6; round++) {
            publishAndConsume("good, and long enough to fill the pages of the file ".repeat(4), ROUND);
            timer.advance(KEPT.plusMillis(1));
            awaitKept(List.of("kept", "bad", NEXT_YEAR));
            pages.add(Long.valueOf(file.rows("PRAGMA page_count").get(0)));
        }
        long levelledOff = pages.get(2) + ROUND / 100; // a round fills many more
        assertThat(pages.subList(3, 6)).as("of %s", pages).allMatch(size -> size <= levelledOff);
        assertThat(nsqite.admin().deadLetters(DeadLetterQuery.all())).hasSize(1);
    }

    @Test
    void whatIsConsumedIsKeptForItsTime() throws Exception {
        open(OPTIONS.withConsumed(Duration.ofHours(1)));
        consume();
        publishAndConsume("first", 1);
        timer.advance(Duration.ofMinutes(59));
        publishAndConsume("second", 1);
        timer.advance(Duration.ofMinutes(1));
        assertThat(kept()).containsExactly("first", "second");
        Duration step = Duration.ofMillis(500); // so the second is kept for longer than a test waits
        awaitKept(List.of("second"), step);
        timer.advance(Duration.ofMinutes(59));
        awaitKept(List.of(), step);
    }

    @Test
    void whatNobodyConsumesIsKept() throws Exception {
        open(OPTIONS);
        consume();
        publishAndConsume("consumed", 1);
        nsqite.producer().publish("unheard", "unheard");
        timer.advance(Duration.ofMinutes(1));
        awaitKept(List.of("unheard"));
    }

    @Test
    void aTopicWithoutAChannelLosesItsMessagesOnlyAtTheAgeThatIsSetForIt() throws Exception {
        open(OPTIONS.withUnheard(Duration.ofMinutes(1)));
        nsqite.producer().publish("unheard", "unheard");
        timer.advance(Duration.ofSeconds(50));
        assertThat(kept()).containsExactly("unheard");
        timer.advance(Duration.ofSeconds(11));
        awaitKept(List.of());
    }

    @Test
    void aDeadLetterWhoseRowIsGoneIsFoundAtTheNextThoroughLook() throws Exception {
        open(OPTIONS);
        consume();
        publishAndConsume("bad", 1);
        publishAndConsume("good", 1);
        timer.advance(Duration.ofSeconds(11));
        awaitKept(List.of("bad"));
        file.execute("DELETE FROM nsqite_delivery");
        timer.advance(Duration.ofSeconds(11));
        awaitKept(List.of());
    }

    @Test
    void severalProcessesDeleteSideBySide() throws Exception {
        open(OPTIONS);
        ManualTimer otherTimer = new ManualTimer();
        try (Nsqite other = open(OPTIONS, otherTimer)) {
            consume();
            publishAndConsume("good", 3 * ROUND);
            other.producer().publish("unheard", "kept");
            timer.advance(KEPT.plusMillis(1));
            otherTimer.advance(KEPT.plusMillis(1));
            QueueFile.await(() -> {
                timer.advance(Duration.ofMillis(100));
                otherTimer.advance(Duration.ofMillis(100));
                return kept().equals(List.of("kept"));
            });
        }
    }

    @Test
    void aFaultIsReportedOnceAndDeletionGoesOnAfterIt() throws Exception {
        try (FaultyDriver disk = FaultyDriver.open();
                RecordedLog log = RecordedLog.open()) {
            open(OPTIONS);
            consume();
            publishAndConsume("good", 1);
            disk.failWith(10, sql -> sql.startsWith("DELETE FROM nsqite_message"));
            QueueFile.await(() -> {
                timer.advance(Duration.ofSeconds(1));
                return disk.failures() >= 3;
            });
            assertThat(kept()).hasSize(1);
            disk.heal();
            timer.advance(Duration.ofSeconds(2));
            awaitKept(List.of());
            assertThat(log.lines(Level.WARN, "Deleting old messages failed")).hasSize(1);
            nsqite.close();
            assertThat(log.lines(Level.ERROR, "")).isEmpty();
        }
    }

    @Test
    void theEndOfTheQueueIsTheEndOfDeletion() throws Exception {
        try (RecordedLog log = RecordedLog.open()) {
            open(OPTIONS);
            consume();
            publishAndConsume("good", ROUND);
            timer.advance(KEPT.plusSeconds(1));
            nsqite.close();
            timer.advance(KEPT);
            assertThat(log.lines(Level.WARN, "")).isEmpty();
            assertThat(log.lines(Level.ERROR, "")).isEmpty();
        }
    }
}
