package io.nsqite.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.spring.http.HttpQueue.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another program holds SQLite's write lock for long. */
@Timeout(60)
class SlowDatabaseTests {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String MAIL = "/topics/orders/subscribers/mail";

    @TempDir
    Path folder;

    @Test
    void requestsThatWriteNothingDoNotWaitForThoseThatDo() throws Exception {
        Path file = folder.resolve("app.db");
        try (HttpQueue queue =
                HttpQueue.start(file, "spring.datasource.hikari.data-source-properties.busy_timeout=20000")) {
            queue.post("/topics", "{\"name\":\"orders\",\"subscribers\":[{\"name\":\"mail\"}]}");
            queue.post("/topics/orders/messages", "[{\"message\":1},{\"message\":2}]");
            Answer first = queue.get(MAIL + "?timeout=5s");
            assertThat(first.json()).hasSize(1);
            String id = first.json().get(0).get("id").stringValue();
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                CompletableFuture<Answer> creation = queue.sendLater(queue.request("/topics")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"name\":\"new\",\"subscribers\":[{\"name\":\"a\"}]}"))
                        .build());
                await().atMost(LIMIT).until(SlowDatabaseTests::isSomebodyWriting);

                assertThat(queue.send("PUT", MAIL + "/messages/" + id, "").status())
                        .isEqualTo(204);
                assertThat(queue.get(MAIL + "?timeout=0s").json()).hasSize(1);
                assertThat(queue.get("/topics/orders/subscribers").status()).isEqualTo(200);
                assertThat(creation).as("it still waits for its turn").isNotDone();
                statement.execute("ROLLBACK");
                assertThat(creation.get(LIMIT.toSeconds(), TimeUnit.SECONDS).status())
                        .isEqualTo(201);
            }
        }
    }

    @Test
    void anAnswerThatCanNotBeWrittenInTimeStands() throws Exception {
        Path file = folder.resolve("app.db");
        try (HttpQueue queue =
                HttpQueue.start(file, "spring.datasource.hikari.data-source-properties.busy_timeout=300")) {
            queue.post("/topics", "{\"name\":\"orders\",\"subscribers\":[{\"name\":\"mail\"}]}");
            queue.post("/topics/orders/messages", "{\"message\":1}");
            Answer received = queue.get(MAIL + "?timeout=5s");
            String message =
                    MAIL + "/messages/" + received.json().get(0).get("id").stringValue();
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                Answer refused = queue.delete(message);
                assertThat(refused.status()).as(refused.body()).isEqualTo(503);
                assertThat(refused.body()).contains("the answer stands");
                statement.execute("ROLLBACK");
            }
            queue.bean(QueueAdmin.class).awaitDrained(new ChannelName("orders", "mail"), LIMIT);
            assertThat(queue.delete(message).status()).isEqualTo(409);
        }
    }

    /** The request is where it creates its channels. */
    private static boolean isSomebodyWriting() {
        return Thread.getAllStackTraces().values().stream()
                .anyMatch(stack -> Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().equals(Subscribers.class.getName())
                                && frame.getMethodName().equals("create")));
    }
}
