package io.nsqite.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nsqite.Nsqite;
import io.nsqite.consumer.Consumer;
import io.nsqite.spring.http.HttpQueue.Answer;
import io.nsqite.sqlite.SqliteDataSource;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A channel belongs to the process that serves it, through HTTP or otherwise; restarts keep channels and their options. */
@Timeout(60)
class SharedChannelTests {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String MAIL = "/topics/orders/subscribers/mail";
    private static final String TOPIC =
            "{\"name\":\"orders\",\"subscribers\":[{\"name\":\"mail\",\"option\":{\"max_attempts\":2}}]}";

    @TempDir
    Path folder;

    @Test
    void aChannelThatAnotherProcessServesIsRefusedAndThatOneNamedUntilItStops() throws Exception {
        Path file = folder.resolve("app.db");
        try (HttpQueue queue = HttpQueue.start(file)) {
            assertThat(queue.post("/topics", TOPIC).status()).isEqualTo(201);
            // as good as another process
            Nsqite other = Nsqite.builder(SqliteDataSource.forUrl("jdbc:sqlite:" + file))
                    .build();
            try (other) {
                Consumer consumer = other.consume("orders", "mail", delivery -> {});
                assertThat(consumer.awaitActive(LIMIT)).isTrue();
                Answer refused = queue.get(MAIL + "?timeout=1s");
                assertThat(refused.status()).as(refused.body()).isEqualTo(409);
                assertThat(refused.json().get("detail").stringValue()).contains("another process", "owner ");
                assertThat(queue.delete(MAIL).status()).isEqualTo(409);
                assertThat(queue.get("/topics/orders/subscribers").body())
                        .contains("\"served_by\":\"elsewhere\"")
                        .doesNotContain("in_flight");
            }
            await().atMost(LIMIT)
                    .untilAsserted(() ->
                            assertThat(queue.get(MAIL + "?timeout=1s").status()).isEqualTo(200));
        }
    }

    @Test
    void nothingIsServedAfterTheStopAndWhatWasInHandComesAgainAfterTheStart() throws Exception {
        try (HttpQueue queue = HttpQueue.start(folder.resolve("app.db"))) {
            queue.post("/topics", TOPIC);
            queue.post("/topics/orders/messages", "{\"message\":1}");
            String inHand =
                    queue.get(MAIL + "?timeout=5s").json().get(0).get("id").stringValue();
            HttpChannels channels = queue.bean(HttpChannels.class);
            channels.stop();
            assertThat(queue.get(MAIL + "?timeout=1s").status()).isEqualTo(503);
            assertThat(queue.delete(MAIL + "/messages/" + inHand).status()).isEqualTo(410);
            channels.start();
            assertThat(queue.get(MAIL + "?timeout=5s").json()).hasSize(1);
        }
    }

    @Test
    void aRestartKeepsMessagesAndPositionAndWhatWasInFlightComesAgain() throws Exception {
        Path file = folder.resolve("app.db");
        try (HttpQueue queue = HttpQueue.start(file)) {
            queue.post("/topics", TOPIC);
            queue.post("/topics/orders/messages", "[{\"message\":1},{\"message\":2}]");
            Answer received = queue.get(MAIL + "?timeout=5s&max=2");
            assertThat(received.json()).hasSize(2);
            String done = received.json().get(0).get("id").stringValue();
            assertThat(queue.delete(MAIL + "/messages/" + done).status()).isEqualTo(204);
        }
        try (HttpQueue queue = HttpQueue.start(file, "nsqite.http.subscriber.max-attempts=7")) {
            assertThat(queue.get("/topics/orders/subscribers").body())
                    .as("the options are kept with the channel")
                    .contains("\"max_attempts\":2", "\"visibility_duration\":\"PT1M\"");
            Answer received = queue.get(MAIL + "?timeout=5s&max=2");
            assertThat(received.json()).hasSize(1);
            assertThat(received.json().get(0).get("message").intValue()).isEqualTo(2);
        }
    }
}
