package io.nsqite.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the log context tells while a handler runs. */
@SpringBootTest
@DirtiesContext
@Timeout(60)
class LogContextTests {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    @Autowired
    private Producer producer;

    @Autowired
    private Keeper keeper;

    @DynamicPropertySource
    static void useTemporaryFolder(DynamicPropertyRegistry properties) {
        properties.add("sample.folder", folder::toString);
    }

    @Test
    void itNamesTopicChannelMessageAndAttempt() {
        long id = producer.publish("shelves", "tidy");
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(keeper.seen).containsExactly(context(id, 1), context(id, 2)));
    }

    private static Map<String, String> context(long id, int attempt) {
        return Map.of(
                "nsqite.topic",
                "shelves",
                "nsqite.channel",
                "keeper",
                "nsqite.message.id",
                Long.toString(id),
                "nsqite.attempt",
                Integer.toString(attempt));
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Keeper {

        final List<Map<String, String>> seen = new CopyOnWriteArrayList<>();

        @NsqiteListener(topic = "shelves", channel = "keeper")
        void keep(String text) {
            seen.add(MDC.getCopyOfContextMap());
            if (seen.size() == 1) {
                throw new IllegalStateException("the first time");
            }
        }
    }
}
