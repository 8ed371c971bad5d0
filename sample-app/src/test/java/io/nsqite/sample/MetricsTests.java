package io.nsqite.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.message.Delivery;
import io.nsqite.producer.Producer;
import io.nsqite.retry.ExponentialBackoff;
import io.nsqite.spring.ListenerRegistration;
import io.nsqite.spring.NsqiteListenerRegistry;
import io.nsqite.spring.metrics.QueueMeter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

/** Every metric of the queue, through HTTP, after one message of each fate. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext
@Timeout(60)
class MetricsTests {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final ChannelName CHANNEL = new ChannelName("fates", "mail");
    private static final String METRICS = "curl 'localhost:8080/actuator/metrics/";

    @TempDir
    static Path folder;

    private Curl curl = new Curl(0);

    @DynamicPropertySource
    static void useTemporaryFolder(DynamicPropertyRegistry properties) {
        properties.add("sample.folder", folder::toString);
    }

    @BeforeEach
    void publishOneOfEachFate(
            @LocalServerPort int port,
            @Autowired NsqiteListenerRegistry registry,
            @Autowired Producer producer,
            @Autowired QueueAdmin admin) {
        curl = new Curl(port);
        Duration soon = Duration.ofMillis(10);
        registry.register(ListenerRegistration.of("fates", CHANNEL.topic(), CHANNEL.channel(), MetricsTests::handle)
                .withOptions(options -> options.withBackoff(new ExponentialBackoff(soon, 1, soon, 0))));
        for (String fate : new String[] {"well", "fails once", "comes again", "dies"}) {
            producer.publish(CHANNEL.topic(), fate);
        }
        admin.awaitDrained(CHANNEL, LIMIT);
    }

    private static void handle(Delivery delivery) {
        switch (new String(delivery.message().payload(), StandardCharsets.UTF_8)) {
            case "fails once" -> failOnce(delivery);
            case "comes again" -> comeAgain(delivery);
            case "dies" -> delivery.reject(new IllegalStateException("no mail today"));
            default -> {}
        }
    }

    private static void failOnce(Delivery delivery) {
        if (delivery.attempt() == 1) {
            throw new IllegalStateException("no mail today");
        }
    }

    private static void comeAgain(Delivery delivery) {
        if (delivery.attempt() == 1) {
            delivery.requeue();
        }
    }

    @Test
    void eachIsThereAndTheCountsAddUp() throws Exception {
        theCountsAddUp();
        eachIsThere();
    }

    private void eachIsThere() throws Exception {
        for (QueueMeter meter : QueueMeter.values()) {
            assertThat(curl.run(METRICS + meter.getName() + "'").status())
                    .as(meter.getName())
                    .isEqualTo(200);
        }
    }

    private void theCountsAddUp() {
        counts("published?tag=topic:fates", 4);
        counts("delivered" + ofChannel(), 6);
        counts("retried" + ofChannel(), 2);
        counts("succeeded" + ofChannel(), 3);
        counts("requeued" + ofChannel(), 1);
        counts("failed" + ofChannel(), 2);
        counts("dead" + ofChannel(), 1);
    }

    private static String ofChannel() {
        return "?tag=topic:fates&tag=channel:mail";
    }

    /** A listener is told a moment after what it hears of has happened. */
    private void counts(String messages, int expected) {
        String command = METRICS + "nsqite.messages." + messages + "'";
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(curl.run(command).body()).as(command).contains("\"value\":" + expected + ".0"));
    }
}
