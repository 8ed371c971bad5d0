package io.nsqite;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.maintenance.RetentionOptions;
import io.nsqite.message.Message;
import io.nsqite.message.NewMessage;
import io.nsqite.pull.LogReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is deleted of a topic that groups read as a log, in a time that the test drives. */
@Timeout(60)
class LogRetentionTests {

    private static final Instant START = Instant.parse("2026-03-29T00:59:00Z");
    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final Duration LONG_AFTER = KEPT.multipliedBy(6);

    @TempDir
    Path folder;

    private QueueFile file;
    private ManualTimer timer;
    private Nsqite nsqite;
    private LogReader slow;
    private LogReader fast;

    @BeforeEach
    void open() {
        file = new QueueFile(folder);
        timer = new ManualTimer();
        nsqite = Nsqite.builder(file.dataSource())
                .options(NsqiteOptions.defaults()
                        .withRetention(RetentionOptions.defaults().withConsumed(KEPT)))
                .timer(timer)
                .clock(() -> START.plusNanos(timer.nanoTime()))
                .build();
        slow = nsqite.log("orders", "slow");
        fast = nsqite.log("orders", "fast");
        fast.seekToEarliest();
    }

    @AfterEach
    void close() {
        nsqite.close();
    }

    private List<Long> publish(String... texts) {
        return nsqite.producer()
                .publish(Arrays.stream(texts)
                        .map(text -> NewMessage.to("orders", text))
                        .toList());
    }

    private List<String> kept() throws Exception {
        return file.rows("SELECT CAST(payload AS TEXT) FROM nsqite_message WHERE topic_id <> 0 ORDER BY id");
    }

    /** Everything that may go goes within this. */
    private void awaitKept(String... texts) {
        QueueFile.await(() -> {
            timer.advance(Duration.ofMillis(500));
            return kept().equals(List.of(texts));
        });
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream()
                .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void whatOneGroupHasNotCommittedIsKeptHoweverOldItIsAndAlsoIfItWasFetched() {
        List<Long> ids = publish("a", "b", "c");
        publish("d");
        fast.commit(ids.get(2));
        slow.commit(ids.get(0));
        assertThat(slow.fetch(10)).hasSize(3);
        timer.advance(LONG_AFTER);
        awaitKept("b", "c", "d");
        timer.advance(LONG_AFTER);
        assertThat(texts(slow.fetch(10))).containsExactly("b", "c", "d");
        slow.commit(ids.get(2));
        awaitKept("d");
        assertThat(texts(fast.fetch(10))).containsExactly("d");
    }

    @Test
    void whatAllHaveCommittedIsKeptForItsTimeSoThatTheyCanGoBackToIt() {
        List<Long> ids = publish("a", "b");
        List.of(slow, fast).forEach(group -> group.commit(ids.get(1)));
        timer.advance(KEPT.minusSeconds(2));
        slow.seekToEarliest();
        timer.advance(LONG_AFTER);
        assertThat(texts(slow.fetch(10))).containsExactly("a", "b");
        slow.commit(ids.get(1));
        publish("c");
        awaitKept("c");
    }

    @Test
    void aGroupThatGoesBackBeyondWhatIsKeptBeginsWithTheOldestThatIs() {
        List<Long> ids = publish("a", "b", "c");
        List.of(slow, fast).forEach(group -> group.commit(ids.get(1)));
        awaitKept("c");
        slow.seek(0);
        assertThat(texts(slow.fetch(10))).containsExactly("c");
        slow.seek(START);
        assertThat(texts(slow.fetch(10))).containsExactly("c");
        slow.seekToEarliest();
        assertThat(texts(slow.fetch(10))).containsExactly("c");
        slow.commit(ids.get(2));
        assertThat(slow.committed()).isEqualTo(ids.get(2));
    }

    @Test
    void theOffsetStaysThoughTheMessageIsDeletedAndAClosedGroupKeepsWhatItHasNotRead() {
        List<Long> ids = publish("a", "b");
        publish("c");
        slow.commit(ids.get(0));
        slow.close();
        fast.commit(ids.get(1));
        awaitKept("b", "c");
        timer.advance(LONG_AFTER);
        slow = nsqite.log("orders", "slow");
        assertThat(slow.committed()).isEqualTo(ids.get(0));
        assertThat(texts(slow.fetch(10))).containsExactly("b", "c");
    }

    @Test
    void prioritiesAndDelaysChangeNothing() {
        publish("a");
        long high = nsqite.producer().publish(NewMessage.to("orders", "high").withPriority(9));
        long later = nsqite.producer().publish(NewMessage.to("orders", "later").withDelay(KEPT));
        publish("d");
        fast.commit(later);
        slow.commit(high);
        awaitKept("later", "d");
        slow.commit(later);
        awaitKept("d");
    }
}
