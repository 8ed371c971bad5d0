package io.nsqite.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.message.Message;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Messages that are hard to write as JSON take no others along. */
@Timeout(60)
class UnwritableMessageTests {

    private static final String HALF = "\\ud800";

    @TempDir
    Path folder;

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static NewMessage json(String payload) {
        return NewMessage.to("orders", payload.getBytes(StandardCharsets.UTF_8))
                .withHeader(Message.CONTENT_TYPE, "application/json");
    }

    private static String decoded(JsonNode message) {
        return new String(
                Base64.getDecoder().decode(message.get("message_base64").stringValue()), StandardCharsets.UTF_8);
    }

    @Test
    void allOfThemArriveWithTheirFirstAttempt() throws Exception {
        try (HttpQueue queue = HttpQueue.start(folder.resolve("app.db"))) {
            queue.post("/topics", "{\"name\":\"orders\",\"subscribers\":[{\"name\":\"mail\"}]}");
            Producer producer = queue.bean(Producer.class);
            producer.publish("orders", "good");
            assertThat(queue.post("/topics/orders/messages", "{\"message\":" + nested(499) + "}")
                            .status())
                    .isEqualTo(201);
            producer.publish(json(nested(490)));
            producer.publish(json("{\"a\":[\"" + HALF + "\"]}"));
            producer.publish(json("{\"" + HALF + "\":1}"));
            producer.publish(NewMessage.to("orders", "headed").withHeader("h\ud800", "a\ud800b"));
            producer.publish(json("{\"a\":1,\"a\":2}"));
            producer.publish("orders", "good");

            JsonNode messages = queue.get("/topics/orders/subscribers/mail?timeout=5s&max=100")
                    .json();
            assertThat(messages).hasSize(8);
            assertThat(messages.values())
                    .allSatisfy(message ->
                            assertThat(message.get("attempt").intValue()).isEqualTo(1));
            assertThat(decoded(messages.get(1)))
                    .as("too deep to be read by many")
                    .isEqualTo(nested(499));
            assertThat(messages.get(2).get("message").toString()).isEqualTo(nested(490));
            assertThat(decoded(messages.get(3))).contains(HALF);
            assertThat(decoded(messages.get(4))).contains(HALF);
            assertThat(messages.get(5).get("headers").get("h?").stringValue()).isEqualTo("a?b");
            assertThat(decoded(messages.get(6))).as("a name twice").isEqualTo("{\"a\":1,\"a\":2}");
        }
    }
}
