package io.nsqite.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.admin.TopicStatus;
import io.nsqite.producer.Producer;
import io.nsqite.sample.action.ActionRecorded;
import io.nsqite.sample.action.ActionRequest;
import io.nsqite.sample.action.ActionService;
import io.nsqite.sample.action.ActionType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * The application as its callers see it. Not {@code @Transactional}: a test that rolls back delivers nothing. Each test has
 * contents of its own instead.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext
@Timeout(60)
class ActionsTests {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    static Path folder;

    @Autowired
    private ActionService actions;

    @Autowired
    private Producer producer;

    @Autowired
    private QueueAdmin admin;

    @Autowired
    private JdbcClient jdbc;

    private RestTestClient client;

    @DynamicPropertySource
    static void useTemporaryFolder(DynamicPropertyRegistry properties) {
        properties.add("sample.folder", () -> folder.resolve("not/there/yet").toString());
    }

    @BeforeEach
    void connect(@LocalServerPort int port) {
        client = RestTestClient.bindToServer()
                .baseUrl("http://localhost:" + port)
                .build();
    }

    @Test
    void actionsAreCountedAndLikesAreToldToTheAuthor() {
        post("", json("ann", "view", "sunrise"));
        post("", json("ben", "view", "sunrise"));
        post("", json("ben", "like", "sunrise"));
        post("", json("cat", "favorite", "sunrise"));
        awaitDrained();

        stats("sunrise", 2, 1, 1);
        client.get()
                .uri("/notifications")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$[?(@.contentId == 'sunrise')].text")
                .isEqualTo("ben likes sunrise")
                .jsonPath("$[?(@.contentId == 'sunrise')].likedAt")
                .isEqualTo("2026-03-01T12:00:00Z");
    }

    @Test
    void aRecordedActionIsCreatedWithAnId() {
        post("", json("ann", "view", "river"))
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.id")
                .isNumber();
    }

    @Test
    void aContentThatNobodyTouchedHasZeros() {
        stats("unheard-of", 0, 0, 0);
    }

    @Test
    void aFailureAfterPublishingLeavesNeitherActionNorMessage() {
        awaitDrained();
        long actionsBefore = count("user_action");
        long messagesBefore = messages();

        post("?fail=true", json("ann", "like", "storm"))
                .expectStatus()
                .isEqualTo(500)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.detail")
                .value(detail -> assertThat(detail).asString().contains("rolled back"));

        assertThat(count("user_action")).isEqualTo(actionsBefore);
        assertThat(messages()).isEqualTo(messagesBefore);
        post("", json("ann", "view", "storm"));
        awaitDrained();
        stats("storm", 1, 0, 0);
    }

    @Test
    void aMessageThatComesTwiceCountsOnce() {
        ActionRecorded event = actions.record(new ActionRequest("ann", ActionType.LIKE, "echo", NOON));
        producer.publish(ActionRecorded.TOPIC, event);
        awaitDrained();

        stats("echo", 0, 1, 0);
        assertThat(jdbc.sql("SELECT count(*) FROM notification WHERE content_id = 'echo'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void manyCallersAtATimeAreAllCounted() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<? extends Future<?>> calls = IntStream.range(0, 80)
                    .mapToObj(i -> callers.submit(
                            () -> actions.record(new ActionRequest("user-" + i, ActionType.VIEW, "crowd", NOON))))
                    .toList();
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            callers.shutdownNow();
        }
        awaitDrained();

        stats("crowd", 80, 0, 0);
    }

    @Test
    void poisonEndsAmongTheDeadLettersAfterFiveAttempts() {
        long id = actions.record(new ActionRequest("eve", ActionType.LIKE, "poison", NOON))
                .actionId();
        awaitDrained();

        String letter = "$[?(@.payload =~ /.*\"actionId\":%d,.*/)]".formatted(id);
        client.get()
                .uri("/dead-letters")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath(letter + ".topic")
                .isEqualTo("user_actions")
                .jsonPath(letter + ".channel")
                .isEqualTo("notifications")
                .jsonPath(letter + ".attempts")
                .isEqualTo(5)
                .jsonPath(letter + ".error")
                .value(error -> assertThat(error).asString().contains("Failed on purpose"));
        stats("poison", 0, 1, 0);
    }

    private RestTestClient.ResponseSpec post(String query, String json) {
        return client.post()
                .uri("/actions" + query)
                .contentType(MediaType.APPLICATION_JSON)
                .body(json)
                .exchange();
    }

    private static String json(String user, String action, String content) {
        return """
                {"userId": "%s", "action": "%s", "contentId": "%s", "timestamp": "2026-03-01T12:00:00Z"}
                """.formatted(user, action, content);
    }

    private void stats(String content, int views, int likes, int favorites) {
        client.get()
                .uri("/contents/{id}/stats", content)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("""
                        {"contentId": "%s", "views": %d, "likes": %d, "favorites": %d}
                        """.formatted(content, views, likes, favorites));
    }

    private void awaitDrained() {
        admin.awaitDrained(new ChannelName(ActionRecorded.TOPIC, "analytics"), LIMIT);
        admin.awaitDrained(new ChannelName(ActionRecorded.TOPIC, "notifications"), LIMIT);
    }

    private long messages() {
        return admin.topics().stream().mapToLong(TopicStatus::messages).sum();
    }

    private long count(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }
}
