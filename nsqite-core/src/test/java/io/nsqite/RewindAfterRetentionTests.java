package io.nsqite;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.maintenance.RetentionOptions;
import io.nsqite.message.NewMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is still kept comes again, though younger messages were deleted already; in a time that the test drives. */
@Timeout(60)
class RewindAfterRetentionTests {

    private static final Instant START = Instant.parse("2026-03-29T00:59:00Z");
    private static final Duration KEPT = Duration.ofMinutes(100);

    @TempDir
    Path folder;

    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final ManualTimer timer = new ManualTimer();
    private QueueFile file;
    private Nsqite nsqite;

    @BeforeEach
    void open() {
        file = new QueueFile(folder);
        nsqite = Nsqite.builder(file.dataSource())
                .options(NsqiteOptions.defaults()
                        .withRetention(RetentionOptions.defaults().withConsumed(KEPT)))
                .timer(timer)
                .clock(() -> START.plusNanos(timer.nanoTime()))
                .build();
        nsqite.consume("orders", "mail", ConsumerOptions.defaults().withMaxAttempts(1), delivery -> {
            String text = new String(delivery.message().payload(), StandardCharsets.UTF_8);
            handled.add(text);
            if (text.equals("dies")) {
                throw new IllegalStateException("no mail today");
            }
        });
    }

    @AfterEach
    void close() {
        nsqite.close();
    }

    private long publish(String text) {
        return nsqite.producer().publish("orders", text);
    }

    private void awaitHandled(String... texts) {
        QueueFile.await(() -> {
            timer.advance(Duration.ZERO);
            return handled.size() >= texts.length;
        });
        QueueFile.await(() -> nsqite.admin().channels().get(0).waiting() == 0);
        assertThat(handled).containsExactlyInAnyOrder(texts);
        handled.clear();
    }

    private void awaitKept(String... texts) {
        QueueFile.await(() -> {
            timer.advance(Duration.ofMillis(100));
            return file.rows("SELECT CAST(payload AS TEXT) FROM nsqite_message WHERE topic_id <> 0 ORDER BY id")
                    .equals(List.of(texts));
        });
    }

    @Test
    void whatWasDeliveredLateComesAgain() {
        publish("b");
        long late = nsqite.producer().publish(NewMessage.to("orders", "a").withDelay(Duration.ofMinutes(90)));
        publish("c");
        publish("c2");
        publish("c3");
        awaitHandled("b", "c", "c2", "c3");
        timer.advance(Duration.ofMinutes(90));
        awaitHandled("a");
        timer.advance(Duration.ofMinutes(15));
        publish("d");
        publish("e");
        awaitHandled("d", "e");
        awaitKept("a", "d", "e");

        nsqite.admin().rewind(QueueFile.CHANNEL, late);
        awaitHandled("a", "d", "e");
        nsqite.admin().rewind(QueueFile.CHANNEL, START);
        awaitHandled("a", "d", "e");
    }

    @Test
    void aDeadLetterThatWasDiscardedComesAgain() {
        publish("b");
        long dead = publish("dies");
        publish("c");
        publish("c2");
        awaitHandled("b", "dies", "c", "c2");
        timer.advance(KEPT.plusMinutes(1));
        publish("d");
        awaitHandled("d");
        awaitKept("dies", "d");
        assertThat(nsqite.admin().discard(QueueFile.CHANNEL, dead)).isTrue();

        nsqite.admin().rewind(QueueFile.CHANNEL, dead);
        awaitHandled("dies", "d");
    }
}
