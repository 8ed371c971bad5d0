package io.nsqite.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import io.nsqite.sample.Curl.Answer;
import io.nsqite.spring.ListenerRegistration;
import io.nsqite.spring.NsqiteListenerRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.AbstractStringAssert;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Every operation of the endpoint {@code nsqite}, and the states of its health, through HTTP. Each test has a topic of its own. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext
@Timeout(60)
class ActuatorTests {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String ENDPOINT = "localhost:8080/actuator/nsqite";
    private static final String HEALTH = "curl localhost:8080/actuator/health/nsqite";

    @TempDir
    static Path folder;

    @Autowired
    private Producer producer;

    @Autowired
    private QueueAdmin admin;

    @Autowired
    private NsqiteListenerRegistry registry;

    private final List<Long> handled = new CopyOnWriteArrayList<>();
    private ChannelName channel = new ChannelName("none", "mail");
    private Curl curl = new Curl(0);

    @DynamicPropertySource
    static void useTemporaryFolder(DynamicPropertyRegistry properties) {
        properties.add("sample.folder", folder::toString);
    }

    @BeforeEach
    void register(@LocalServerPort int port, TestInfo test) {
        curl = new Curl(port);
        channel = new ChannelName(test.getTestMethod().orElseThrow().getName(), "mail");
        registry.register(ListenerRegistration.of(id(), channel.topic(), channel.channel(), delivery -> {
                    handled.add(delivery.message().id()); // first, as the answer lets the test go on
                    if (new String(delivery.message().payload(), StandardCharsets.UTF_8).startsWith("bad")) {
                        delivery.reject(new IllegalStateException("no mail today"));
                    }
                })
                .withOptions(options -> options.withMaxAttempts(1)));
    }

    @AfterEach
    void unregister() {
        registry.unregister(id());
        admin.delete(channel);
    }

    private String id() {
        return channel.topic();
    }

    private long publish(String payload) {
        return producer.publish(channel.topic(), payload);
    }

    private void drain() {
        admin.awaitDrained(channel, LIMIT);
    }

    private String channelUrl() {
        return ENDPOINT + "/channels/" + channel.topic() + "/" + channel.channel();
    }

    private String lettersUrl() {
        return ENDPOINT + "/dead-letters/" + channel.topic() + "/" + channel.channel();
    }

    private AbstractStringAssert<?> get(String url) throws Exception {
        return answered(200, "curl '" + url + "'");
    }

    private AbstractStringAssert<?> post(String url, String json) throws Exception {
        return answered(200, curlPost(url, json));
    }

    private static String curlPost(String url, String json) {
        return "curl -X POST " + url + " -H 'Content-Type: application/json' -d '" + json + "'";
    }

    private AbstractStringAssert<?> answered(int status, String command) throws Exception {
        Answer answer = curl.run(command);
        assertThat(answer.status()).as("%s: %s", command, answer.body()).isEqualTo(status);
        return assertThat(answer.body());
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await().atMost(LIMIT).untilAsserted(assertion);
    }

    // ---- looking ----

    @Test
    void theSummaryShowsTopicsChannelsConsumersAndProcesses() throws Exception {
        publish("x");
        drain();
        get(ENDPOINT)
                .contains("\"healthy\":true", "\"user_actions\":{\"channels\":{\"analytics\":{", "\"notifications\":{")
                .contains("\"" + channel.topic() + "\":{\"channels\":{\"mail\":{\"lag\":0,\"exact\":true")
                .contains("\"listener\":\"user_actions.analytics\"", "\"state\":\"ACTIVE\"", "\"concurrency\":1")
                .contains("\"processes\":[{\"id\":", "\"libraryVersion\":")
                .doesNotContain("null");
    }

    @Test
    void aChannelShowsItsNumbers() throws Exception {
        admin.pause(channel);
        publish("x");
        publish("y");
        producer.publish(NewMessage.to(channel.topic(), "later").withDelay(Duration.ofHours(1)));
        get(channelUrl())
                .contains(
                        "\"lag\":3", "\"inFlight\":0", "\"retrying\":0", "\"held\":0", "\"dead\":0", "\"paused\":true")
                .contains("\"oldestWaitingSince\":\"20", "\"oldestWaitingAge\":\"PT", "\"ownerId\":")
                .contains("\"deliveriesPerSecond\":0.0");
        admin.resume(channel);
        eventually(() -> get(channelUrl()).contains("\"lag\":1", "\"scheduled\":1"));
        get(channelUrl()).doesNotContain("\"deliveriesPerSecond\":0.0", "oldestWaiting");
    }

    @Test
    void aMessageShowsItsHistoryWithoutItsPayload() throws Exception {
        long id = publish("bad secret");
        drain();
        get(ENDPOINT + "/messages/" + id)
                .contains("\"topic\":\"" + channel.topic() + "\"", "\"payloadSize\":10")
                .contains("\"channels\":{\"mail\":{\"state\":\"DEAD\",\"attempts\":1,\"lastFailure\":{\"error\":")
                .contains("no mail today", "\"stack\":\"java.lang.IllegalStateException")
                .doesNotContain("secret", "headers");
    }

    @Test
    void deadLettersComeFilteredPageByPage() throws Exception {
        long first = publish("bad 1");
        long second = publish("bad 2");
        drain();
        String all = ENDPOINT + "/dead-letters?topic=" + channel.topic() + "&channel=mail&error=MAIL%20today";
        String next = first + ".mail";
        get(all + "&limit=1")
                .contains("\"id\":" + first, "\"next\":\"" + next + "\"", "\"attempts\":1", "\"failedAt\":");
        get(all + "&limit=2&after=" + next)
                .contains("\"id\":" + second)
                .doesNotContain("\"next\"", "\"id\":" + first + ",", "bad");
        get(all + "&failedFrom=2999-01-01T00:00:00Z").isEqualTo("{\"deadLetters\":[]}");
        get(all + "&failedBefore=2000-01-01T00:00:00Z").isEqualTo("{\"deadLetters\":[]}");
    }

    // ---- steering ----

    @Test
    void aChannelIsPausedAndResumed() throws Exception {
        post(channelUrl(), "{\"action\":\"pause\"}").isEqualTo("{\"action\":\"pause\"}");
        publish("x");
        get(channelUrl()).contains("\"paused\":true", "\"lag\":1");
        post(channelUrl(), "{\"action\":\"resume\"}").isEqualTo("{\"action\":\"resume\"}");
        drain();
        get(channelUrl()).contains("\"paused\":false", "\"lag\":0");
    }

    @Test
    void aChannelIsRewoundToAMessageOrATime() throws Exception {
        Instant start = Instant.now();
        long first = publish("x");
        long second = publish("y");
        drain();
        post(channelUrl(), "{\"action\":\"rewind\",\"messageId\":" + second + "}")
                .isEqualTo("{\"action\":\"rewind\"}");
        drain();
        eventually(() -> assertThat(handled).containsExactly(first, second, second));
        post(channelUrl(), "{\"action\":\"rewind\",\"from\":\"" + start + "\"}").isEqualTo("{\"action\":\"rewind\"}");
        drain();
        eventually(() -> assertThat(handled).containsExactly(first, second, second, first, second));
    }

    @Test
    void whatWaitsIsPurged() throws Exception {
        admin.pause(channel);
        publish("x");
        publish("y");
        post(channelUrl(), "{\"action\":\"purge\"}").isEqualTo("{\"action\":\"purge\",\"messages\":2}");
        get(channelUrl()).contains("\"lag\":0");
    }

    @Test
    void deadLettersAreReplayedOneByOneFilteredAndAll() throws Exception {
        long first = publish("bad 1");
        publish("bad 2");
        drain();
        post(lettersUrl() + "/" + first, "{\"action\":\"replay\"}").isEqualTo("{\"action\":\"replay\",\"messages\":1}");
        drain();
        post(lettersUrl(), "{\"action\":\"replay-all\"}").isEqualTo("{\"action\":\"replay-all\",\"messages\":2}");
        drain();
        post(lettersUrl(), "{\"action\":\"replay\",\"error\":\"other\"}")
                .isEqualTo("{\"action\":\"replay\",\"messages\":0}");
        String filter = "{\"action\":\"replay\",\"topic\":\"" + channel.topic() + "\",\"limit\":1}";
        post(ENDPOINT + "/dead-letters", filter).isEqualTo("{\"action\":\"replay\",\"messages\":1}");
        drain();
        post(ENDPOINT + "/dead-letters", "{\"action\":\"replay-all\"}").contains("\"action\":\"replay-all\"");
        drain();
        assertThat(handled).as("2, 1, 2, 1 and 2").hasSize(8);
        get(channelUrl()).contains("\"dead\":2");
    }

    @Test
    void aDeadLetterIsDiscarded() throws Exception {
        long id = publish("bad");
        drain();
        String command = "curl -X DELETE " + lettersUrl() + "/" + id;
        answered(200, command).isEqualTo("{\"action\":\"discard\",\"messages\":1}");
        get(ENDPOINT + "/messages/" + id).contains("\"state\":\"DONE\"");
        answered(404, command).contains("is no dead letter");
    }

    @Test
    void aMessageIsCancelledUnlessItIsTooLate() throws Exception {
        long later = producer.publish(NewMessage.to(channel.topic(), "later").withDelay(Duration.ofHours(1)));
        answered(200, "curl -X DELETE " + ENDPOINT + "/messages/" + later)
                .isEqualTo("{\"action\":\"cancel\",\"messages\":1}");
        answered(404, "curl -X DELETE " + ENDPOINT + "/messages/" + later).contains("There is no message");
        long done = publish("x");
        drain();
        answered(409, "curl -X DELETE " + ENDPOINT + "/messages/" + done).contains("can't be cancelled any more");
    }

    @Test
    void aDeletedChannelTurnsTheHealthOfItsListenerDownUntilItIsStarted() throws Exception {
        get("localhost:8080/actuator/health/nsqite").contains("\"status\":\"UP\"");
        answered(200, "curl -X DELETE " + channelUrl()).isEqualTo("{\"action\":\"delete\"}");
        answered(404, "curl " + channelUrl()).contains("There is no channel 'mail'", "user_actions.analytics");
        answered(503, HEALTH).contains("\"status\":\"DOWN\"", channel.topic(), "its channel was deleted");
        registry.start(id());
        eventually(() -> get("localhost:8080/actuator/health/nsqite").contains("\"status\":\"UP\""));
    }

    // ---- what is refused ----

    @Test
    void aBadRequestIsToldWhy() throws Exception {
        answered(400, curlPost(channelUrl(), "{\"action\":\"stop\"}"))
                .contains("\"status\":400", "\"error\":\"Bad Request\"", "must be pause, resume, rewind or purge");
        answered(400, curlPost(channelUrl(), "{\"action\":\"rewind\",\"from\":\"yesterday\"}"))
                .contains("'from' must be a time like", "'yesterday'");
        answered(400, curlPost(channelUrl(), "{\"action\":\"rewind\",\"messageId\":0}"))
                .contains("ids begin with 1");
        answered(400, "curl " + ENDPOINT + "/dead-letters?limit=many").contains("'limit' must be a number");
        answered(400, "curl " + ENDPOINT + "/messages/x").contains("must be the id of a message");
        answered(404, curlPost(ENDPOINT + "/channels/no/such", "{\"action\":\"pause\"}"))
                .contains("\"status\":404", "There is no channel 'such' of topic 'no'");
        answered(404, "curl " + ENDPOINT + "/nothing").contains("There is nothing for GET at 'nothing'");
    }

    // ---- health ----

    @Test
    void aListenerThatWasStoppedIsToldAndItsChannelIsAWarning() throws Exception {
        registry.stop(id());
        get("localhost:8080/actuator/health/nsqite")
                .contains("\"status\":\"UP\"", "\"idleListeners\":{\"" + id() + "\":\"not started, or stopped\"}")
                .contains("\"" + channel + "\":[\"nobody serves it\"]");
        registry.start(id());
        eventually(
                () -> get("localhost:8080/actuator/health/nsqite").doesNotContain("idleListeners", channel.toString()));
    }
}
