package io.nsqite.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.spring.http.HttpQueue.Answer;
import io.nsqite.sqlite.SqliteDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What subscribers are given stays with their channels: for all processes, over restarts, until the channel is deleted. */
@Timeout(60)
class SubscriberOptionsTests {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ChannelName NAME = new ChannelName("orders", "mail");
    private static final String SUBSCRIBERS = "/topics/orders/subscribers";
    private static final String MAIL = SUBSCRIBERS + "/mail";

    @TempDir
    Path folder;

    private HttpQueue queue;

    @BeforeEach
    void start() throws Exception {
        queue = HttpQueue.start(folder.resolve("app.db"));
        answered(
                201,
                queue.post(
                        "/topics",
                        "{\"name\":\"orders\",\"subscribers\":[{\"name\":\"mail\",\"option\":{\"max_attempts\":2}}]}"));
    }

    @AfterEach
    void stop() {
        queue.close();
    }

    private static Answer answered(int status, Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    private Answer create(String option) throws Exception {
        return queue.post(SUBSCRIBERS, "[{\"name\":\"mail\"%s}]".formatted(option));
    }

    private int receivedAttempts() throws Exception {
        int attempts = 0;
        Answer answer = queue.get(MAIL + "?timeout=5s");
        while (answer.json().size() == 1) {
            attempts++;
            String id = answer.json().get(0).get("id").stringValue();
            answered(204, queue.post(MAIL + "/messages/" + id + "/requeue", ""));
            answer = queue.get(MAIL + "?timeout=0s");
        }
        return attempts;
    }

    @Test
    void theyOutliveARestart() throws Exception {
        queue.close();
        queue = HttpQueue.start(folder.resolve("app.db"));
        assertThat(queue.get(SUBSCRIBERS).body()).contains("\"max_attempts\":2");
        queue.post("/topics/orders/messages", "{\"message\":1}");
        assertThat(receivedAttempts()).isEqualTo(2);
    }

    @Test
    void whatNobodyHasSaidIsAsTheApplicationHasIt() throws Exception {
        answered(201, queue.post(SUBSCRIBERS, "[{\"name\":\"audit\"}]"));
        queue.close();
        queue = HttpQueue.start(
                folder.resolve("app.db"),
                "nsqite.http.subscriber.max-attempts=4",
                "nsqite.http.subscriber.visibility-duration=3m");
        assertThat(queue.get(SUBSCRIBERS).body())
                .contains("\"max_attempts\":2,\"visibility_duration\":\"PT3M\"")
                .contains("\"max_attempts\":4,\"visibility_duration\":\"PT3M\"");
    }

    @Test
    void whatIsNotSaidStaysAndTheAnswerTellsWhetherSomethingIsNew() throws Exception {
        assertThat(answered(200, create("")).body()).contains("\"max_attempts\":2");
        answered(200, create(",\"option\":{\"visibility_duration\":\"2m\"}"));
        assertThat(queue.get(SUBSCRIBERS).body()).contains("\"max_attempts\":2,\"visibility_duration\":\"PT2M\"");
        answered(201, queue.post(SUBSCRIBERS, "[{\"name\":\"mail\"},{\"name\":\"audit\"}]"));
    }

    @Test
    void otherAttemptsHoldForASubscriberInUse() throws Exception {
        assertThat(queue.get(MAIL + "?timeout=0s").status()).isEqualTo(200);
        answered(200, create(",\"option\":{\"max_attempts\":3}"));
        queue.post("/topics/orders/messages", "{\"message\":1}");
        assertThat(receivedAttempts()).isEqualTo(3);
    }

    @Test
    void thoseOfAChannelThatAnotherProcessServesCanNotBeChangedHere() throws Exception {
        try (Nsqite other = Nsqite.builder(SqliteDataSource.forUrl("jdbc:sqlite:" + folder.resolve("app.db")))
                .build()) {
            assertThat(other.consume("orders", "mail", delivery -> {}).awaitActive(LIMIT))
                    .isTrue();
            answered(200, create(",\"option\":{\"max_attempts\":2}"));
            assertThat(answered(409, create(",\"option\":{\"max_attempts\":5}")).body())
                    .contains("another process serves it (owner ", "max_attempts");
            assertThat(queue.get(SUBSCRIBERS).body()).contains("\"max_attempts\":2");
        }
    }

    @Test
    void whoDeletesTheChannelDeletesThemAndASubscriberOfThatNameIsANewOne() throws Exception {
        assertThat(queue.get(MAIL + "?timeout=0s").status()).isEqualTo(200);
        queue.bean(QueueAdmin.class).delete(NAME);
        assertThat(answered(201, create("")).body()).contains("\"max_attempts\":10");
        queue.post("/topics/orders/messages", "{\"message\":1}");
        assertThat(answered(200, queue.get(MAIL + "?timeout=5s")).json()).hasSize(1);
    }

    @Test
    void aNoteThatIsNoneOfThemIsPassedOver() throws Exception {
        queue.bean(QueueAdmin.class).create(Map.of(NAME, "{not json"));
        assertThat(queue.get(SUBSCRIBERS).body()).contains("\"max_attempts\":10");
    }
}
