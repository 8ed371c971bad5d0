package io.nsqite.sample;

import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListener;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What handlers log tells of the message, with a pattern as the documentation has it. */
@SpringBootTest(
        properties =
                "logging.pattern.correlation=[%X{nsqite.topic:-} %X{nsqite.channel:-} %X{nsqite.message.id:-} %X{nsqite.attempt:-}] ")
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext
@Timeout(60)
class LogContextTests {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    @Autowired
    private Producer producer;

    @DynamicPropertySource
    static void useTemporaryFolder(DynamicPropertyRegistry properties) {
        properties.add("sample.folder", folder::toString);
    }

    @Test
    void aLineOfAHandlerNamesTopicChannelMessageAndAttempt(CapturedOutput output) {
        long id = producer.publish("shelves", "tidy");
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> output.getOut()
                        .lines()
                        .anyMatch(line -> line.contains("[shelves keeper %d 1]".formatted(id))
                                && line.endsWith("handling tidy")));
        producer.publish("shelves", "again");
        Awaitility.await().atMost(LIMIT).until(() -> output.getOut().contains(" 2] "));
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Keeper {

        private static final Logger log = LoggerFactory.getLogger(Keeper.class);

        private boolean failed;

        @NsqiteListener(topic = "shelves", channel = "keeper")
        void keep(String text) {
            log.info("handling {}", text);
            if (text.equals("again") && !failed) {
                failed = true;
                throw new IllegalStateException("the first time");
            }
        }
    }
}
