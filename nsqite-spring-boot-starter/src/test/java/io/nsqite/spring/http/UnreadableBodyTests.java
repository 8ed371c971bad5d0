package io.nsqite.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.spring.http.HttpQueue.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Bodies that filters or Spring MVC read before the queue does. */
@Timeout(60)
class UnreadableBodyTests {

    private static final String MAIL = "/topics/orders/subscribers/mail";
    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir
    static Path folder;

    static @Nullable HttpQueue started;

    private final HttpQueue queue = started();

    @BeforeAll
    static void start() throws Exception {
        started = HttpQueue.start(folder.resolve("app.db"));
        assertThat(started.post("/topics", "{\"name\":\"orders\",\"subscribers\":[{\"name\":\"mail\"}]}")
                        .status())
                .isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        started().close();
    }

    private static HttpQueue started() {
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started;
    }

    private Answer send(String method, String path, String type, String body) throws Exception {
        HttpRequest request = queue.request(path)
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body))
                .build();
        return queue.send(request);
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(415);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.body()).doesNotContain("Exception", "\tat ", "java");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "multipart/form-data; boundary=",
                "multipart/mixed; boundary=x"
            })
    void aFormWithPartsIsRefusedAlsoIfItCanNotBeRead(String type) throws Exception {
        refused(send("POST", "/topics/orders/messages", type, "--y\r\nnothing of a form"));
        refused(send("POST", "/topics", type, ""));
    }

    @Test
    void aFormIsNotTakenForNothing() throws Exception {
        queue.post("/topics/orders/messages", "{\"message\":1}");
        JsonNode message = queue.get(MAIL + "?timeout=5s").json().get(0);
        String path = MAIL + "/messages/" + message.get("id").stringValue();
        refused(send("PUT", path, FORM, "{\"visibility_duration\":\"12h\"}"));
        refused(send("POST", path + "/requeue", FORM, "{\"delay\":\"1h\"}"));
        assertThat(queue.delete(path).status()).isEqualTo(204);
    }
}
