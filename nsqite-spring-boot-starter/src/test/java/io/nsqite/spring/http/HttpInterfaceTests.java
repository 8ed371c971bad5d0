package io.nsqite.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.http.HttpQueue.Answer;
import io.nsqite.spring.remote.Json;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a client can do over HTTP. Each test has a topic of its own. */
@Timeout(60)
class HttpInterfaceTests {

    @TempDir
    static Path folder;

    static @Nullable HttpQueue started;

    private HttpQueue queue = started();
    private String topic = "";
    private String mail = "";

    @BeforeAll
    static void start() {
        started = HttpQueue.start(folder.resolve("app.db"), List.of(Orders.class));
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

    /** What an application does with what comes through HTTP. */
    static class Orders {

        final LinkedBlockingQueue<Order> seen = new LinkedBlockingQueue<>();

        record Order(String id, double price) {}

        @NsqiteListener(topic = "listened", channel = "orders")
        void on(Order order) {
            seen.add(order);
        }
    }

    @BeforeEach
    void createTopic(TestInfo test) throws Exception {
        queue = started();
        String name = test.getTestMethod().orElseThrow().getName();
        topic = "/topics/" + name.substring(0, Math.min(64, name.length()));
        mail = topic + "/subscribers/mail";
        answered(201, queue.post("/topics", """
                        {"name":"%s","subscribers":[{"name":"mail","option":{"max_attempts":3,"visibility_duration":"1m"}},{"name":"audit"}]}""".formatted(topic.substring("/topics/".length()))));
    }

    private static Answer answered(int status, Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    private JsonNode receive(int max) throws Exception {
        return answered(200, queue.get(mail + "?timeout=5s&max=" + max)).json();
    }

    private JsonNode receiveOne() throws Exception {
        JsonNode messages = receive(1);
        assertThat(messages).hasSize(1);
        return messages.get(0);
    }

    private String path(JsonNode message) {
        return mail + "/messages/" + message.get("id").stringValue();
    }

    private JsonNode status(String subscriber) throws Exception {
        for (JsonNode each : answered(200, queue.get(topic + "/subscribers")).json()) {
            if (each.get("name").stringValue().equals(subscriber)) {
                return each;
            }
        }
        throw new AssertionError("no " + subscriber);
    }

    private void publish(String json) throws Exception {
        answered(201, queue.post(topic + "/messages", json));
    }

    @Test
    void aMessageIsPublishedReceivedAndAcknowledged() throws Exception {
        Answer published = answered(201, queue.post(topic + "/messages", """
                        {"message":{"id":"42","price":1.50},"key":"42","headers":{"tenant":"a"},"priority":7}"""));
        long id = published.json().get("ids").get(0).longValue();

        JsonNode message = receiveOne();
        assertThat(message.get("message").toString()).isEqualTo("{\"id\":\"42\",\"price\":1.50}");
        assertThat(message.get("message_id").longValue()).isEqualTo(id);
        assertThat(message.get("key").stringValue()).isEqualTo("42");
        assertThat(message.get("headers").get("tenant").stringValue()).isEqualTo("a");
        assertThat(message.get("attempt").intValue()).isEqualTo(1);
        assertThat(message.get("last_attempt").booleanValue()).isFalse();
        assertThat(message.get("priority").intValue()).isEqualTo(7);
        assertThat(message.get("published_at").stringValue()).startsWith("20").endsWith("Z");

        assertThat(status("mail").get("in_flight").intValue()).isEqualTo(1);
        answered(204, queue.delete(path(message)));
        Awaitility.await().untilAsserted(() -> {
            assertThat(status("mail").get("in_flight").intValue()).isZero();
            assertThat(status("mail").get("waiting").intValue()).isZero();
        });
        assertThat(status("audit").get("waiting").intValue()).isEqualTo(1);
    }

    @Test
    void severalMessagesArePublishedTogetherAndReceivedInTheirOrder() throws Exception {
        Answer published = answered(
                201,
                queue.post(
                        topic + "/messages",
                        "[{\"message\":1},{\"message\":\"two\"},{\"message\":null},{\"message\":[]}]"));
        assertThat(published.json().get("ids")).hasSize(4);
        JsonNode messages = receive(10);
        assertThat(messages.values().stream().map(each -> each.get("message").toString()))
                .containsExactly("1", "\"two\"", "null", "[]");
    }

    @Test
    void aRequeuedMessageComesAgainWithTheNextAttempt() throws Exception {
        publish("{\"message\":1}");
        answered(204, queue.post(path(receiveOne()) + "/requeue", "{\"delay\":\"10ms\"}"));
        answered(204, queue.post(path(receiveOne()) + "/requeue", ""));
        JsonNode third = receiveOne();
        assertThat(third.get("attempt").intValue()).isEqualTo(3);
        assertThat(third.get("last_attempt").booleanValue()).isTrue();
        answered(204, queue.post(path(third) + "/requeue", ""));
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(status("mail").get("dead").intValue()).isEqualTo(1));
    }

    @Test
    void anExtendedMessageStaysAndAnUnansweredOneComesAgain() throws Exception {
        publish("{\"message\":1}");
        JsonNode first = receiveOne();
        answered(204, queue.send("PUT", path(first), ""));
        answered(204, queue.send("PUT", path(first), "{\"visibility_duration\":\"100ms\"}"));
        JsonNode second = receiveOne();
        assertThat(second.get("attempt").intValue()).isEqualTo(2);
        Answer expired = answered(410, queue.delete(path(first)));
        assertThat(expired.type()).isEqualTo("application/problem+json");
        answered(204, queue.delete(path(second)));
        answered(409, queue.delete(path(second)));
    }

    @Test
    void delayAndDeduplicationAreAsInTheApplication() throws Exception {
        Answer first = answered(
                201, queue.post(topic + "/messages", "{\"message\":1,\"deduplication_key\":\"a\",\"delay\":\"1h\"}"));
        Answer second = answered(201, queue.post(topic + "/messages", "{\"message\":2,\"deduplication_key\":\"a\"}"));
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(answered(200, queue.get(mail + "?timeout=50ms")).body().trim())
                .isEqualTo("[]");
    }

    @Test
    void whatAnApplicationPublishesComesAsJsonAsTextOrInBase64() throws Exception {
        Producer producer = queue.bean(Producer.class);
        String name = topic.substring("/topics/".length());
        producer.publish(name, new Orders.Order("42", 1.5));
        producer.publish(name, "grüße");
        producer.publish(name, new byte[] {1, 2, 3});
        producer.publish(NewMessage.to(name, "{not json".getBytes(StandardCharsets.UTF_8))
                .withHeader("content-type", "application/json"));
        JsonNode messages = receive(10);
        assertThat(messages.get(0).get("message").toString()).isEqualTo("{\"id\":\"42\",\"price\":1.5}");
        assertThat(messages.get(1).get("message").stringValue()).isEqualTo("grüße");
        assertThat(messages.get(2).get("message_base64").stringValue()).isEqualTo("AQID");
        assertThat(messages.get(2).has("message")).isFalse();
        assertThat(messages.get(3).get("message_base64").stringValue()).isEqualTo("e25vdCBqc29u");
    }

    @Test
    void whatIsPostedIsReadByListeners() throws Exception {
        answered(201, queue.post("/topics/listened/messages", "{\"message\":{\"id\":\"42\",\"price\":1.5}}"));
        assertThat(queue.bean(Orders.class).seen.poll(10, TimeUnit.SECONDS)).isEqualTo(new Orders.Order("42", 1.5));
    }

    @Test
    void aWaitingRequestIsWrittenSpacesUntilAMessageIsCommitted() throws Exception {
        HttpRequest request = queue.request(mail + "?timeout=30s").build();
        HttpResponse<InputStream> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
            assertThat(body.read()).isEqualTo(' ');
            publish("{\"message\":1}");
            assertThat(Json.read(body.readAllBytes())).hasSize(1);
        }
        assertThat(queue.bean(LongPolls.class).waiting()).isZero();
    }

    @Test
    void topicsAndSubscribersAreListedCreatedOnceMoreAndDeleted() throws Exception {
        String name = topic.substring("/topics/".length());
        assertThat(answered(200, queue.get("/topics")).body())
                .contains("{\"name\":\"" + name + "\",\"subscribers\":[\"audit\",\"mail\"]}");
        assertThat(status("mail").get("option").toString())
                .isEqualTo("{\"max_attempts\":3,\"visibility_duration\":\"PT1M\"}");
        assertThat(answered(201, queue.post(topic + "/subscribers", "[{\"name\":\"mail\"},{\"name\":\"late\"}]"))
                        .body())
                .isEqualTo(
                        "[{\"name\":\"mail\",\"option\":{\"max_attempts\":3,\"visibility_duration\":\"PT1M\"}},{\"name\":\"late\",\"option\":{\"max_attempts\":10,\"visibility_duration\":\"PT1M\"}}]");
        answered(
                200,
                queue.post(
                        topic + "/subscribers", "[{\"name\":\"mail\",\"option\":{\"visibility_duration\":\"2m\"}}]"));
        assertThat(status("mail").get("option").toString())
                .isEqualTo("{\"max_attempts\":3,\"visibility_duration\":\"PT2M\"}");
        answered(200, queue.post("/topics", "{\"name\":\"%s\",\"subscribers\":[{\"name\":\"mail\"}]}".formatted(name)));
        answered(204, queue.delete(mail));
        answered(404, queue.delete(mail));
        answered(404, queue.get(mail + "?timeout=1s"));
    }

    @Test
    void aReceivedMessageOfADeletedSubscriberIsGone() throws Exception {
        publish("{\"message\":1}");
        JsonNode message = receiveOne();
        answered(204, queue.delete(mail));
        answered(404, queue.delete(path(message)));
    }

    @Test
    void aListenersChannelIsItsOwn() throws Exception {
        String orders = "/topics/listened/subscribers/orders";
        assertThat(answered(409, queue.get(orders)).body()).contains("the listener 'listened.orders'");
        answered(409, queue.delete(orders));
        answered(409, queue.post("/topics/listened/subscribers", "[{\"name\":\"orders\"}]"));
    }
}
