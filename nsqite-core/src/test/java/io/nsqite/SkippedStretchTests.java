package io.nsqite;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A channel whose messages lie far apart, with very many of other topics between. */
@Timeout(60)
class SkippedStretchTests {

    private static final long FAR = 400_000;

    @TempDir
    Path folder;

    /** As if all ids below it had been given to others. */
    private static void addOfOthers(QueueFile file, long id) throws Exception {
        file.execute(
                "INSERT INTO nsqite_message (id, topic_id, priority, published_at, payload) VALUES (%d, 0, 4, 0, x'')"
                        .formatted(id));
    }

    @Test
    void whileAHandlerWorksThePositionIsJustBeforeItsMessage() throws Exception {
        QueueFile file = new QueueFile(folder);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Nsqite nsqite = Nsqite.builder(file.dataSource()).build()) {
            Consumer consumer = nsqite.consume("orders", "mail", ConsumerOptions.defaults(), delivery -> {
                begun.countDown();
                assertThat(goOn.await(QueueFile.LIMIT.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            });
            assertThat(consumer.stop(QueueFile.LIMIT)).isTrue();
            addOfOthers(file, FAR);
            long id = nsqite.producer().publish("orders", "far behind");
            addOfOthers(file, 2 * FAR);
            consumer.start();
            assertThat(begun.await(QueueFile.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            awaitPosition(file, id - 1);
            assertThat(nsqite.admin().channels()).singleElement().satisfies(status -> {
                assertThat(status.lagExact()).isTrue();
                assertThat(status.lag()).isEqualTo(1);
            });
            goOn.countDown();
            nsqite.admin().awaitDrained(QueueFile.CHANNEL, QueueFile.LIMIT);
            awaitPosition(file, 2 * FAR);
        }
    }

    private static void awaitPosition(QueueFile file, long id) {
        QueueFile.await(() -> file.rows("SELECT done_to FROM nsqite_cursor WHERE priority = 4")
                .equals(List.of(String.valueOf(id))));
    }
}
