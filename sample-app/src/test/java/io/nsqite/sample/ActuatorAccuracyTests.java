package io.nsqite.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import io.nsqite.sample.Curl.Answer;
import io.nsqite.spring.ListenerRegistration;
import io.nsqite.spring.NsqiteListenerRegistry;
import io.nsqite.spring.actuate.DeliveryRates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractStringAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the endpoint, the health and the metrics say is so, and what the endpoint does is what was asked for and no more. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "nsqite.health.max-lag=40",
            "nsqite.health.channels[aged.mail].max-age=0s",
            "nsqite.actuator.show-payloads=when-authorized",
            "nsqite.metrics.refresh-interval=0s"
        })
@DirtiesContext
@Timeout(60)
class ActuatorAccuracyTests {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String ENDPOINT = "localhost:8080/actuator/nsqite";
    private static final String HEALTH = "localhost:8080/actuator/health/nsqite";

    @TempDir
    static Path folder;

    @Autowired
    private Producer producer;

    @Autowired
    private QueueAdmin admin;

    @Autowired
    private NsqiteListenerRegistry registry;

    private Curl curl = new Curl(0);

    @DynamicPropertySource
    static void useTemporaryFolder(DynamicPropertyRegistry properties) {
        properties.add("sample.folder", folder::toString);
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class StandingTime {

        @Bean
        DeliveryRates rates() {
            return new DeliveryRates(() -> 0);
        }
    }

    @BeforeEach
    void connect(@LocalServerPort int port) {
        curl = new Curl(port);
    }

    private AbstractStringAssert<?> get(String url) throws Exception {
        return answered(200, "curl '" + url + "'");
    }

    private AbstractStringAssert<?> post(int status, String path, String json) throws Exception {
        return answered(
                status, "curl -X POST " + ENDPOINT + path + " -H 'Content-Type: application/json' -d '" + json + "'");
    }

    private AbstractStringAssert<?> answered(int status, String command) throws Exception {
        Answer answer = curl.run(command);
        assertThat(answer.status()).as("%s: %s", command, answer.body()).isEqualTo(status);
        return assertThat(answer.body());
    }

    private void publish(String topic, int count) {
        producer.publish(Collections.nCopies(count, NewMessage.to(topic, "x")));
    }

    @Test
    void aQuietChannelBehindAHangingMessageShowsWhatWaitsThoughABusyTopicLiesBetween() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        registry.register(ListenerRegistration.of("quiet.mail", "quiet", "mail", delivery -> {
            hanging.countDown();
            release.await();
        }));
        publish("quiet", 1);
        assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();
        publish("clicks", 30_000);
        publish("quiet", 49);

        get(HEALTH).contains("\"quiet.mail\":[\"50 messages lie before it, more than 40\"]");
        get(ENDPOINT).contains("\"quiet\":{\"channels\":{\"mail\":{\"lag\":50,\"exact\":true");
        get("localhost:8080/actuator/metrics/nsqite.channels").contains("\"value\":"); // looks for new channels
        get("localhost:8080/actuator/metrics/nsqite.channel.lag?tag=topic:quiet")
                .contains("\"value\":50.0");
        get("localhost:8080/actuator/metrics/nsqite.channel.oldest.age?tag=topic:quiet")
                .doesNotContain("\"value\":0.0", "NaN");
        release.countDown();
        admin.awaitDrained(new ChannelName("quiet", "mail"), LIMIT);
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> get(HEALTH).doesNotContain("quiet.mail"));
    }

    @Test
    void aPausedChannelWhosePositionIsTooFarBehindSaysThatItsLagIsNotKnown() throws Exception {
        ChannelName far = new ChannelName("far", "mail");
        registry.register(ListenerRegistration.of("far.mail", "far", "mail", delivery -> {}));
        admin.pause(far);
        for (int i = 0; i < 21; i++) {
            publish("clicks", 10_000);
        }
        publish("far", 1);

        get(HEALTH).contains("\"far.mail\":[\"what lies before it could not be counted");
        get(ENDPOINT).contains("\"far\":{\"channels\":{\"mail\":{\"exact\":false,\"inFlight\":0");
        get("localhost:8080/actuator/metrics/nsqite.channels").contains("\"value\":"); // looks for new channels
        get("localhost:8080/actuator/metrics/nsqite.channel.lag?tag=topic:far").contains("\"NaN\"");
        get("localhost:8080/actuator/metrics/nsqite.channel.oldest.age?tag=topic:far")
                .contains("\"NaN\"");
        admin.resume(far);
        admin.awaitDrained(far, LIMIT);
        get(HEALTH).doesNotContain("far.mail");
    }

    @Test
    void aListenerPausedInThisProcessIsToldAndWhatWaitsTooLongIsAWarning() throws Exception {
        registry.register(ListenerRegistration.of("aged.mail", "aged", "mail", delivery -> {}));
        publish("aged", 1);
        admin.awaitDrained(new ChannelName("aged", "mail"), LIMIT);
        registry.pause("aged.mail");
        publish("aged", 1);
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() -> get(HEALTH)
                        .contains("\"status\":\"UP\"", "\"idleListeners\":{\"aged.mail\":\"paused in this process\"}")
                        .contains("\"aged.mail\":[\"its oldest message has waited for PT", "more than PT0S\"]"));
        registry.resume("aged.mail");
        admin.awaitDrained(new ChannelName("aged", "mail"), LIMIT);
        get(HEALTH).doesNotContain("aged.mail");
    }

    @Test
    void publishingAndHandlingAreTimed() throws Exception {
        registry.register(ListenerRegistration.of("timed.mail", "timed", "mail", delivery -> {}));
        publish("timed", 1);
        admin.awaitDrained(new ChannelName("timed", "mail"), LIMIT);
        String ofTopic = "?tag=messaging.destination.name:timed";
        for (String name : List.of("nsqite.publish", "nsqite.process")) {
            Awaitility.await()
                    .atMost(LIMIT)
                    .untilAsserted(() -> get("localhost:8080/actuator/metrics/" + name + ofTopic)
                            .contains("{\"statistic\":\"COUNT\",\"value\":1.0}"));
        }
    }

    @Test
    void eachDeliveryCountsOnceInTheRate() throws Exception {
        registry.register(ListenerRegistration.of("rated.mail", "rated", "mail", delivery -> {}));
        publish("rated", 7);
        admin.awaitDrained(new ChannelName("rated", "mail"), LIMIT);
        get(ENDPOINT + "/channels/rated/mail").contains("\"deliveriesPerSecond\":7.0,");
    }

    @Test
    void theErrorOfAPayloadThatCantBeReadDoesNotShowIt() throws Exception {
        long id = producer.publish("user_actions", "secret".getBytes(StandardCharsets.UTF_8));
        admin.awaitDrained("user_actions", LIMIT);
        assertThat(admin.message(id).orElseThrow().channels())
                .allSatisfy(progress -> assertThat(
                                Objects.requireNonNull(progress.lastFailure()).error())
                        .as("in the database it is")
                        .contains("secret"));
        for (String path : List.of("/dead-letters/user_actions/analytics", "/messages/" + id)) {
            get(ENDPOINT + path)
                    .contains("\"error\":\"io.nsqite.spring.handler.UnusableMessageException: hidden, as it may quote")
                    .doesNotContain("secret");
        }
    }

    @Test
    void aRequestThatMayMeanMoreThanWasMeantIsRefusedAndNothingIsReplayed() throws Exception {
        ChannelName name = new ChannelName("spoilt", "mail");
        registry.register(ListenerRegistration.of(
                "spoilt.mail",
                name.topic(),
                name.channel(),
                delivery -> delivery.reject(new IllegalStateException("no mail today"))));
        publish("spoilt", 2);
        admin.awaitDrained(name, LIMIT);

        String ofChannel = "/dead-letters/spoilt/mail";
        post(400, "/dead-letters", "{\"action\":\"replay\",\"topic\":\"spoilt\",\"error\":\"\"}")
                .contains("'error' is empty");
        post(400, "/dead-letters", "{\"action\":\"replay\",\"topic\":\"spoilt\",\"eror\":\"timeout\"}")
                .contains("There is no parameter 'eror'");
        post(400, ofChannel, "{\"action\":\"replay\"}").contains("'replay-all' without any");
        post(400, ofChannel, "{\"action\":\"replay\",\"topic\":\"b\"}").contains("'topic' has no meaning here");
        post(400, ofChannel + "/1", "{\"action\":\"replay\",\"error\":\"timeout\"}")
                .contains("'error' has no meaning here");
        post(400, "/channels/spoilt/mail", "{\"action\":\"purge\",\"messageId\":1}")
                .contains("'messageId' has no meaning here");
        answered(400, "curl '" + ENDPOINT + "/dead-letters?chanel=mail'").contains("There is no parameter 'chanel'");
        answered(400, "curl '" + ENDPOINT + "/dead-letters?error='").contains("'error' is empty");
        answered(400, "curl '" + ENDPOINT + "/channels/spoilt/mail?topic=b'").contains("'topic' has no meaning here");
        get(ENDPOINT + "/channels/spoilt/mail").contains("\"dead\":2", "\"deliveriesPerSecond\":2.0,");

        get(ENDPOINT + ofChannel + "?error=today&limit=1").contains("\"next\":");
        post(200, ofChannel, "{\"action\":\"replay-all\"}").isEqualTo("{\"action\":\"replay-all\",\"messages\":2}");
        admin.awaitDrained(name, LIMIT);
    }
}
