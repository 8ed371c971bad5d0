package io.nsqite.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nsqite.Nsqite;
import io.nsqite.consumer.Consumer;
import io.nsqite.sqlite.SqliteDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A process has a channel while clients want its messages, and leaves it to others then. */
@Timeout(60)
class ServedForNobodyTests {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration LONGER_THAN_IDLE = Duration.ofMillis(1500);
    private static final String MAIL = "/topics/orders/subscribers/mail";
    private static final String TOPIC = "{\"name\":\"orders\",\"subscribers\":[{\"name\":\"mail\"}]}";

    @TempDir
    Path folder;

    private HttpQueue start() throws Exception {
        HttpQueue queue = HttpQueue.start(folder.resolve("app.db"), "nsqite.http.idle-timeout=1s");
        assertThat(queue.post("/topics", TOPIC).status()).isEqualTo(201);
        return queue;
    }

    /** As good as another process. */
    private Nsqite other() {
        return Nsqite.builder(SqliteDataSource.forUrl("jdbc:sqlite:" + folder.resolve("app.db")))
                .build();
    }

    private static JsonNode receive(HttpQueue queue, String timeout) throws Exception {
        HttpQueue.Answer answer = queue.get(MAIL + "?timeout=" + timeout);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void aRefusedRequestLeavesNobodyStandingBy() throws Exception {
        try (HttpQueue queue = start();
                Nsqite other = other()) {
            assertThat(other.consume("orders", "mail", delivery -> {}).awaitActive(LIMIT))
                    .isTrue();
            assertThat(queue.get(MAIL + "?timeout=1s").status()).isEqualTo(409);
            assertThat(queue.bean(Nsqite.class).consumers().all()).isEmpty();
        }
    }

    @Test
    void aChannelThatNobodyUsesGoesToWhoStandsBy() throws Exception {
        try (HttpQueue queue = start();
                Nsqite other = other()) {
            assertThat(receive(queue, "0s")).isEmpty();
            Consumer waiting = other.consume("orders", "mail", delivery -> {});
            assertThat(waiting.awaitActive(LIMIT)).isTrue();
            assertThat(queue.bean(Nsqite.class).consumers().all()).isEmpty();
        }
    }

    @Test
    void aChannelIsKeptWhileAMessageIsInHandAndWhileSomebodyWaits() throws Exception {
        try (HttpQueue queue = start();
                Nsqite other = other()) {
            queue.post("/topics/orders/messages", "{\"message\":1}");
            String id = receive(queue, "5s").get(0).get("id").stringValue();
            Consumer standby = other.consume("orders", "mail", delivery -> {});
            assertThat(standby.awaitActive(LONGER_THAN_IDLE)).isFalse();

            CompletableFuture<HttpQueue.Answer> poll = queue.getLater(MAIL + "?timeout=4s");
            await().atMost(LIMIT).until(() -> queue.bean(LongPolls.class).waiting() == 1);
            assertThat(queue.delete(MAIL + "/messages/" + id).status()).isEqualTo(204);
            assertThat(standby.awaitActive(LONGER_THAN_IDLE)).isFalse();
            assertThat(poll.get(LIMIT.toSeconds(), TimeUnit.SECONDS).json()).isEmpty();
            assertThat(standby.awaitActive(LIMIT)).isTrue();
        }
    }

    @Test
    void aChannelThatWasGivenBackIsServedAgainWhenSomebodyAsks() throws Exception {
        try (HttpQueue queue = start()) {
            assertThat(receive(queue, "0s")).isEmpty();
            assertThat(queue.get("/topics/orders/subscribers").body()).contains("\"served_by\":\"here\"");
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(
                                    queue.get("/topics/orders/subscribers").body())
                            .contains("\"served_by\":\"nobody\"", "\"in_flight\":0"));
            queue.post("/topics/orders/messages", "{\"message\":1}");
            assertThat(receive(queue, "5s")).hasSize(1);
        }
    }
}
