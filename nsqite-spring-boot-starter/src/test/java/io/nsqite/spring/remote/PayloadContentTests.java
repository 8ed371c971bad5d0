package io.nsqite.spring.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.message.Message;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Whatever was published can be written where others read it. */
class PayloadContentTests {

    private static PayloadContent content(String type, byte[] payload) {
        return PayloadContent.of(new Message(
                1,
                "orders",
                null,
                Map.of(Message.CONTENT_TYPE, type),
                payload,
                Instant.EPOCH,
                Message.DEFAULT_PRIORITY));
    }

    /** As in an answer: several levels down. */
    private static JsonNode sent(PayloadContent content) {
        return Json.read(Json.write(List.of(content))).get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":1.10}", "[1,2]", "\"text\"", "12345678901234567890.5", "null", "\"\\ud83d\\ude00\""})
    void jsonStaysAsItIs(String json) {
        PayloadContent content = content("application/json", json.getBytes(UTF_8));
        assertThat(content.base64()).isNull();
        assertThat(content.value()).isEqualTo(Json.read(json.getBytes(UTF_8)));
        assertThat(Json.read(Json.write(List.of(content))).get(0).has("base64")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "\"\\ud800\"",
                "[{\"deep\":\"\\udc00 alone\"}]",
                "{\"\\ud83d\":1}",
                "",
                "no json",
                "{\"cut"
            })
    void whatNotAllCouldReadIsInBase64(String json) {
        byte[] payload = json.getBytes(UTF_8);
        JsonNode sent = sent(content("application/json", payload));
        assertThat(sent.has("value")).isFalse();
        assertThat(Base64.getDecoder().decode(sent.get("base64").stringValue())).isEqualTo(payload);
    }

    @Test
    void aDocumentThatReadersWouldRefuseInAnAnswerAsTooDeepIsInBase64() {
        String deepest = "[".repeat(490) + "]".repeat(490);
        PayloadContent content = content("application/json", deepest.getBytes(UTF_8));
        byte[] answer = Json.write(Map.of("messages", List.of(content)));
        assertThat(new String(answer, UTF_8)).contains(deepest);
        assertThat(Json.read(answer).has("messages")).isTrue();
        for (String deeper : List.of("[" + deepest + "]", "[".repeat(5000) + "]".repeat(5000))) {
            assertThat(content("application/json", deeper.getBytes(UTF_8)).base64())
                    .isNotNull();
        }
    }

    @Test
    void textIsTextAndBytesThatAreNoneAreInBase64() {
        assertThat(content("text/plain", "grün \uD83D\uDE00".getBytes(UTF_8)).value())
                .isEqualTo(Json.read("\"grün \uD83D\uDE00\"".getBytes(UTF_8)));
        assertThat(content("text/plain", new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80})
                        .base64())
                .isNotNull();
        assertThat(content("application/octet-stream", "1".getBytes(UTF_8)).base64())
                .isEqualTo("MQ==");
    }

    @Test
    void halvesOfSurrogatePairsInHeadersBecomeQuestionMarks() {
        Map<String, String> whole = Map.of("name", "grün \uD83D\uDE00");
        assertThat(WholeText.of(whole)).isSameAs(whole);
        Map<String, String> sent = WholeText.of(Map.of("half\uD83D", "a\uDE00b", "good", "c"));
        assertThat(sent).containsOnly(Map.entry("half?", "a?b"), Map.entry("good", "c"));
        assertThat(Json.read(Json.write(sent)).get("half?").stringValue()).isEqualTo("a?b");
        assertThat(WholeText.of(Map.of("x\uD83D", "1", "x\uDE00", "2")))
                .hasSize(1)
                .containsKey("x?");
    }
}
