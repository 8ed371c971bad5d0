package io.nsqite.spring.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.DeadLetter;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.admin.QueueAdmin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Targets whose answer comes byte by byte, or is none. */
@Timeout(60)
class SlowTargetTests {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ChannelName PARTNER = new ChannelName("orders", "partner");

    @TempDir
    Path folder;

    private List<DeadLetter> deadLettersOf(SocketTarget target) {
        List<DeadLetter> dead = new ArrayList<>();
        WebhookApplication.runner(
                        folder, WebhookApplication.webhook("partner", target.url(), "timeout=400ms", "max-attempts=2"))
                .run(context -> {
                    WebhookApplication.publish(context, 1, 1);
                    QueueAdmin admin = context.getBean(QueueAdmin.class);
                    admin.awaitDrained(PARTNER, LIMIT);
                    dead.addAll(admin.deadLetters(DeadLetterQuery.of(PARTNER)));
                });
        return dead;
    }

    @Test
    void aHeadThatDripsIsNotWaitedForLongerThanTheTimeout() throws Exception {
        try (SocketTarget target = SocketTarget.thatSaysAndDrips("HTTP/1.1 200 OK\r\nX-Slow: ")) {
            assertThat(deadLettersOf(target))
                    .singleElement()
                    .satisfies(dead -> assertThat(dead.error()).contains("The target did not answer within 400 ms"));
            assertThat(target.posts()).isEqualTo(2);
            await().atMost(LIMIT).until(() -> target.hungUp() == 2);
        }
    }

    @Test
    void aBodyThatDripsIsNotWaitedForLongerThanTheTimeoutAndTheStatusDecides() throws Exception {
        try (SocketTarget target =
                SocketTarget.thatSaysAndDrips("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")) {
            assertThat(deadLettersOf(target)).isEmpty();
            assertThat(target.posts()).isEqualTo(1);
            await().atMost(LIMIT).until(() -> target.hungUp() == 1);
        }
        try (SocketTarget target =
                SocketTarget.thatSaysAndDrips("HTTP/1.1 500 Oh\r\nContent-Length: 1000000\r\n\r\n")) {
            assertThat(deadLettersOf(target))
                    .singleElement()
                    .satisfies(dead -> assertThat(dead.error()).contains("The target answered 500"));
            await().atMost(LIMIT).until(() -> target.hungUp() == 2);
        }
    }

    @Test
    void neitherTheAddressNorWhatTheTargetSaysIsInTheDeadLetterOrTheLog() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("io.nsqite");
        log.start();
        logger.addAppender(log);
        try (SocketTarget target = SocketTarget.thatSaysAndDrips("s3cret-word of no protocol\r\n\r\n")) {
            assertThat(deadLettersOf(target)).singleElement().satisfies(dead -> {
                assertThat(dead.error()).contains("The target did not answer (").doesNotContain("s3cret");
                assertThat(dead.stack()).doesNotContain("s3cret");
            });
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains("a post failed and is tried again"))
                .noneMatch(line -> line.contains("s3cret"));
    }
}
