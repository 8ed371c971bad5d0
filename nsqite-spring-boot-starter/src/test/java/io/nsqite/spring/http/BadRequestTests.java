package io.nsqite.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.admin.QueueAdmin;
import io.nsqite.producer.Producer;
import io.nsqite.spring.http.HttpQueue.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every request that can't be done gets a status and a reason, tells nothing of the inside, and changes nothing. */
@Timeout(60)
class BadRequestTests {

    private static final int TEN_MEGABYTES = 10_000_000;
    private static final String MESSAGES = "/topics/orders/messages";
    private static final String UNKNOWN_RECEIPT =
            "/topics/orders/subscribers/mail/messages/1-0123456789abcdef0123456789abcdef";

    @TempDir
    static Path folder;

    static @Nullable HttpQueue started;
    private static String before = "";

    private final HttpQueue queue = started();

    @BeforeAll
    static void start() throws Exception {
        started = HttpQueue.start(folder.resolve("app.db"));
        assertThat(started.post("/topics", "{\"name\":\"orders\",\"subscribers\":[{\"name\":\"mail\"}]}")
                        .status())
                .isEqualTo(201);
        started.bean(Producer.class).publish("orders", "hello");
        before = state();
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

    private static String state() {
        QueueAdmin admin = started().bean(QueueAdmin.class);
        return admin.topics() + " "
                + admin.channels().stream()
                        .map(channel -> channel.name() + ":" + channel.lag() + ":" + channel.dead())
                        .toList();
    }

    @AfterEach
    void nothingHasChanged() {
        assertThat(state()).isEqualTo(before);
    }

    private static void refused(Answer answer, int status, String reason) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.json().get("status").intValue()).isEqualTo(status);
        assertThat(answer.json().get("detail").stringValue()).contains(reason);
        assertThat(answer.body()).doesNotContain("Exception", "\tat ", "java", "jackson");
    }

    record Bad(String method, String path, String body, int status, String reason) {

        @Override
        public String toString() {
            return "%s %s %s: %d".formatted(method, path, body.substring(0, Math.min(60, body.length())), status);
        }
    }

    private static Bad post(String path, String body, String reason) {
        return new Bad("POST", path, body, 400, reason);
    }

    private static Bad message(String body, String reason) {
        return post(MESSAGES, body, reason);
    }

    private static Bad topic(String body, String reason) {
        return post("/topics", body, reason);
    }

    private static Bad get(String path, int status, String reason) {
        return new Bad("GET", path, "", status, reason);
    }

    private static Bad receive(String query, String reason) {
        return get("/topics/orders/subscribers/mail?" + query, 400, reason);
    }

    static Stream<Bad> messages() {
        String many = "[" + String.join(",", Collections.nCopies(1001, "{\"message\":1}")) + "]";
        return Stream.of(
                message("{\"message\":", "no JSON: see line 1"),
                message("{\"message\":1} x", "no JSON"),
                message("{\"message\":1,\"message\":2}", "no JSON"),
                message("{message:1}", "no JSON"),
                message("[".repeat(100_000), "no JSON"),
                message("7", "must be an object"),
                message("\"text\"", "must be an object"),
                message("[]", "1 to 1000 elements but has 0"),
                message(many, "1 to 1000 elements but has 1001"),
                message("[{\"message\":1},7]", "[1] must be an object"),
                message("{}", "message is missing"),
                message("[{\"message\":1},{}]", "[1].message is missing"),
                message("{\"message\":1,\"prio\":1}", "prio is unknown; there are [deduplication_key, delay,"),
                message("{\"message\":1,\"priority\":10}", "priority must be a whole number from 0 to 9 but was 10"),
                message("{\"message\":1,\"priority\":-1}", "but was -1"),
                message("{\"message\":1,\"priority\":1.5}", "but was 1.5"),
                message("{\"message\":1,\"priority\":99999999999}", "but was 99999999999"),
                message("{\"message\":1,\"priority\":\"1\"}", "but was \"1\""),
                message("{\"message\":1,\"delay\":5}", "delay must be a text"),
                message("{\"message\":1,\"delay\":\"5\"}", "delay needs a unit"),
                message("{\"message\":1,\"delay\":\"-5s\"}", "delay must be from 0s to 8760h"),
                message("{\"message\":1,\"delay\":\"366d\"}", "delay must be from"),
                message("{\"message\":1,\"delay\":\"9999999999999d\"}", "delay must be"),
                message("{\"message\":1,\"delay\":\"soon\"}", "a duration such as 30s"),
                message("{\"message\":1,\"key\":\"\"}", "key must have 1 to 255 characters"),
                message("{\"message\":1,\"key\":\"" + "k".repeat(256) + "\"}", "but has 256"),
                message("{\"message\":1,\"key\":7}", "key must be a text but was 7"),
                message("{\"message\":1,\"headers\":[]}", "headers must be an object"),
                message("{\"message\":1,\"headers\":{\"a\":1}}", "headers.a must be a text"),
                message("{\"message\":1,\"headers\":{\" \":\"1\"}}", "A name in headers"),
                message("{\"message\":\"\\ud800\"}", "half of a surrogate pair"),
                message("{\"message\":{\"\\ud800\":1}}", "no JSON"),
                message("{\"message\":1,\"key\":\"\\ud800\"}", "half of a surrogate pair"),
                message("{\"message\":1,\"deduplication_key\":\"\\ud800\"}", "half of a surrogate pair"));
    }

    static Stream<Bad> topics() {
        return Stream.of(
                topic("{\"name\":\"new\"}", "subscribers is missing"),
                topic("{\"name\":\"new\",\"subscribers\":[]}", "1 to 100 elements"),
                topic("{\"subscribers\":[{\"name\":\"a\"}]}", "name is missing"),
                topic("{\"name\":\"\",\"subscribers\":[{\"name\":\"a\"}]}", "1 to 64 characters"),
                topic("{\"name\":\"a b\",\"subscribers\":[{\"name\":\"a\"}]}", "was 'a b'"),
                topic("{\"name\":\"..\",\"subscribers\":[{\"name\":\"a\"}]}", "can't stand in a path"),
                topic("{\"name\":\"" + "n".repeat(65) + "\",\"subscribers\":[{\"name\":\"a\"}]}", "1 to 64"),
                topic("{\"name\":\"new\",\"subscribers\":[{\"name\":\"a/b\"}]}", "was 'a/b'"),
                topic("{\"name\":\"new\",\"subscribers\":[{\"name\":\"a\"},{\"name\":\"a\"}]}", "given twice"),
                topic("{\"name\":\"new\",\"subscribers\":[{\"name\":\"a\",\"x\":1}]}", "subscribers[0].x is unknown"),
                topic(
                        "{\"name\":\"new\",\"subscribers\":[{\"name\":\"a\",\"option\":{\"max_attempts\":-1}}]}",
                        "subscribers[0].option.max_attempts must be"),
                topic(
                        "{\"name\":\"new\",\"subscribers\":[{\"name\":\"a\",\"option\":{\"visibility_duration\":\"13h\"}}]}",
                        "visibility_duration must be from 100ms to 12h"),
                topic(
                        "{\"name\":\"new\",\"subscribers\":[{\"name\":\"a\",\"option\":{\"visibility\":\"1m\"}}]}",
                        "option.visibility is unknown"),
                post("/topics/orders/subscribers", "{\"name\":\"a\"}", "must be an array"),
                new Bad("POST", "/topics/none/subscribers", "[{\"name\":\"a\"}]", 404, "There is no topic 'none'"));
    }

    static Stream<Bad> others() {
        return Stream.of(
                receive("timeout=1h", "timeout must be from 0s to 60s but was '1h'"),
                receive("timeout=-1s", "timeout must be from 0s"),
                receive("timeout=5", "needs a unit"),
                receive("timeout=", "a duration such as"),
                receive("timeout=1s&timeout=2s", "given once"),
                receive("max=-1", "max must be a whole number from 1 to 100 but was '-1'"),
                receive("max=0", "max must be"),
                receive("max=101", "max must be"),
                receive("max=many", "max must be"),
                receive("max=99999999999999999999", "max must be"),
                receive("timout=1s", "'timout' is unknown; there are [max, timeout]"),
                get("/topics?x=1", 400, "no parameters here"),
                get("/topics/none/subscribers/mail?timeout=1s", 404, "There is no subscriber 'mail' of topic 'none'"),
                get("/topics/orders/subscribers/none?timeout=1s", 404, "There is no subscriber 'none'"),
                get("/topics/none/subscribers", 404, "There is no topic 'none'"),
                new Bad("POST", "/topics/none/messages", "{\"message\":1}", 404, "There is no topic 'none'"),
                new Bad("DELETE", "/topics/orders/subscribers/none", "", 404, "There is no subscriber"),
                new Bad("DELETE", UNKNOWN_RECEIPT, "", 410, "receive"),
                new Bad("PUT", UNKNOWN_RECEIPT, "", 410, "receive"),
                new Bad("POST", UNKNOWN_RECEIPT + "/requeue", "", 410, "receive"),
                new Bad("DELETE", "/topics/orders/subscribers/mail/messages/1", "", 404, "as it was received"),
                new Bad("DELETE", "/topics/orders/subscribers/none/messages/1", "", 404, "no subscriber 'none'"),
                new Bad("PUT", UNKNOWN_RECEIPT, "{\"visibility_duration\":\"1ms\"}", 400, "from 100ms to 12h"),
                new Bad("PUT", UNKNOWN_RECEIPT, "{\"visibility\":\"1m\"}", 400, "visibility is unknown"),
                new Bad("POST", UNKNOWN_RECEIPT + "/requeue", "{\"delay\":\"-1s\"}", 400, "delay must be"),
                new Bad("PUT", "/topics", "", 405, "PUT is not possible here, but GET, POST"),
                new Bad("PATCH", MESSAGES, "", 405, "but POST"),
                new Bad("GET", MESSAGES, "", 405, "but POST"),
                get("/", 404, "There is nothing here"),
                get("/topic", 404, "There is nothing here"),
                get("/topics/orders/subscribers/mail/more", 404, "There is nothing here"));
    }

    @ParameterizedTest
    @MethodSource({"messages", "topics", "others"})
    void itIsRefusedWithAReason(Bad bad) throws Exception {
        refused(queue.send(bad.method, bad.path, bad.body), bad.status, bad.reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout=%s", "max=%s", "%s=1"})
    void whatIsLongIsNotToldInFull(String query) throws Exception {
        Answer answer = queue.get("/topics/orders/subscribers/mail?" + query.formatted("x".repeat(3000)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").stringValue()).hasSizeLessThan(300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/topics/%2e%2e/messages",
                "/topics/..%2f..%2factuator/messages",
                "/topics/..%5c..%5cactuator/messages",
                "/topics/orders%00/messages",
                "/topics/orders%0d%0aX:1/messages",
                "/topics/orders;x=1/messages",
                "/topics;x=1/orders/messages",
                "/topics/orders%3bx/messages",
                "/topics/%6frders%20/messages",
                "//topics/orders/messages",
                "/topics//messages",
                "/topics/orders/messages/",
                "/topics/orders/./messages/../../x"
            })
    void pathTricksLeadNowhere(String path) throws Exception {
        Answer answer = queue.post(path, "{\"message\":1}");
        assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
        assertThat(answer.body()).isNotEmpty().doesNotContain("Exception", "\tat ", "java");
    }

    @Test
    void tenMegabytesAreTooLargeWhateverTheirHeadersSay() throws Exception {
        String large = "{\"message\":\"" + "x".repeat(TEN_MEGABYTES) + "\"}";
        refused(queue.post(MESSAGES, large), 413, "more than 1048576 bytes, the limit (nsqite.http.max-body-size)");
        HttpRequest chunked = queue.request(MESSAGES)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(large)))
                .build();
        refused(queue.send(chunked), 413, "more than 1048576 bytes");
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "application/x-www-form-urlencoded", "application/xml"})
    void onlyJsonIsTaken(String type) throws Exception {
        HttpRequest request = queue.request(MESSAGES)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("{\"message\":1}"))
                .build();
        refused(queue.send(request), 415, "must be application/json but was " + type);
    }

    @Test
    void aTypeThatCanNotBeReadIsRefused() throws Exception {
        HttpRequest request = queue.request(MESSAGES)
                .header("Content-Type", "json")
                .POST(BodyPublishers.ofString("{\"message\":1}"))
                .build();
        refused(queue.send(request), 415, "can't be read");
    }

    @Test
    void aBodyWithoutATypeOrWithoutContentIsRefused() throws Exception {
        HttpRequest untyped = queue.request(MESSAGES)
                .POST(BodyPublishers.ofString("{\"message\":1}"))
                .build();
        refused(queue.send(untyped), 415, "but was missing");
        HttpRequest empty = queue.request(MESSAGES)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.noBody())
                .build();
        refused(queue.send(empty), 400, "The body is empty");
    }

    @Test
    void aRequestForHeadersAloneReceivesNothing() throws Exception {
        Answer answer = queue.send("HEAD", "/topics/orders/subscribers/mail", "");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.response().headers().firstValue("allow")).hasValue("DELETE, GET");
    }

    @Test
    void theOtherMessagesOfARequestAreNotStoredIfOneIsBad() throws Exception {
        refused(queue.post(MESSAGES, "[{\"message\":1},{\"message\":2,\"priority\":11}]"), 400, "[1].priority");
    }
}
