package io.nsqite.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.producer.Producer;
import io.nsqite.sample.Curl.Answer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An endpoint for reading only that shows payloads, and a database that somebody else keeps locked. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.endpoint.nsqite.access=read-only",
            "nsqite.actuator.show-payloads=always",
            "spring.datasource.url=jdbc:sqlite:${sample.folder}/content.db?busy_timeout=200"
        })
@DirtiesContext
@Timeout(60)
class ActuatorSettingsTests {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    static Path folder;

    @Autowired
    private Producer producer;

    private Curl curl = new Curl(0);

    @DynamicPropertySource
    static void useTemporaryFolder(DynamicPropertyRegistry properties) {
        properties.add("sample.folder", folder::toString);
    }

    @BeforeEach
    void connect(@LocalServerPort int port) {
        curl = new Curl(port);
    }

    @Test
    void readingGoesChangingDoesNot() throws Exception {
        long id = producer.publish("letters", "dear Ann");
        Answer message = curl.run("curl localhost:8080/actuator/nsqite/messages/" + id);
        assertThat(message.status()).isEqualTo(200);
        assertThat(message.body()).contains("\"payload\":\"dear Ann\"", "\"headers\":{");

        String channel = "localhost:8080/actuator/nsqite/channels/user_actions/analytics";
        assertThat(curl.run("curl " + channel).status()).isEqualTo(200);
        assertThat(curl.run("curl -X DELETE " + channel).status()).isEqualTo(405);
        assertThat(curl.run("curl -X POST " + channel
                                + " -H 'Content-Type: application/json' -d '{\"action\":\"pause\"}'")
                        .status())
                .isEqualTo(405);
    }

    @Test
    void aDatabaseThatSomebodyKeepsLockedIsDownAndLookingGoesOn() throws Exception {
        String url = "jdbc:sqlite:" + folder.resolve("content.db");
        try (Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> producer.publish("letters", "x")).isInstanceOf(RuntimeException.class);

            Answer health = curl.run("curl localhost:8080/actuator/health/nsqite");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.body())
                    .contains("\"status\":\"DOWN\"", "does not take what is written", "\"since\":\"20");
            Answer queue = curl.run("curl localhost:8080/actuator/nsqite");
            assertThat(queue.status()).isEqualTo(200);
            assertThat(queue.body()).contains("\"healthy\":false", "\"problem\":\"The database does not take");
            statement.execute("ROLLBACK");
        }
        Awaitility.await()
                .atMost(LIMIT)
                .until(() ->
                        curl.look("curl localhost:8080/actuator/health/nsqite").status() == 200);
    }
}
