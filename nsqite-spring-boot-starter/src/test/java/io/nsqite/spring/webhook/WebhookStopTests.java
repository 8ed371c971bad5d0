package io.nsqite.spring.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nsqite.admin.ChannelStatus;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.admin.QueueAdmin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks whose targets hang when they are to stop. */
@Timeout(60)
class WebhookStopTests {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int WEBHOOKS = 6;
    private static final Duration SHUTDOWN = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private final CountDownLatch answers = new CountDownLatch(1);
    private Target target;

    @BeforeEach
    void startTarget() throws IOException {
        target = Target.start();
        target.behave(Target.after(answers, 200));
    }

    @AfterEach
    void closeTarget() {
        answers.countDown();
        target.close();
    }

    private String[] properties() {
        List<String> properties =
                new ArrayList<>(List.of("nsqite.listener.shutdown-timeout=" + SHUTDOWN.toMillis() + "ms"));
        for (int number = 0; number < WEBHOOKS; number++) {
            properties.addAll(List.of(
                    WebhookApplication.webhook("hook-" + number, target.url(), "timeout=1m", "max-attempts=1")));
        }
        return properties.toArray(String[]::new);
    }

    private static Set<Thread> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains(name))
                .collect(Collectors.toSet());
    }

    @Test
    void theyStopSideBySideWithinTheTimeoutInTotalAndLeaveNoThread() {
        Set<Thread> clientsOfOthers = threads("HttpClient-");
        long[] stopped = new long[2];
        WebhookApplication.runner(folder, properties()).run(context -> {
            WebhookApplication.publish(context, 1, 1);
            await().atMost(LIMIT).until(() -> target.posts().size() == WEBHOOKS);
            DefaultWebhooks webhooks = context.getBean(DefaultWebhooks.class);
            stopped[0] = System.nanoTime();
            webhooks.stop();
            stopped[1] = System.nanoTime();
            assertThat(threads("nsqite-webhook-hook")).isEmpty();
            assertThat(webhooks.all()).noneMatch(WebhookStatus::running);
            assertThat(context.getBean(QueueAdmin.class).channels())
                    .as("given back")
                    .hasSize(WEBHOOKS)
                    .extracting(ChannelStatus::ownerId)
                    .containsOnlyNulls();
        });
        assertThat(Duration.ofNanos(stopped[1] - stopped[0]))
                .as("one after the other it would be %s times as much", WEBHOOKS)
                .isLessThan(SHUTDOWN.multipliedBy(WEBHOOKS - 2));
        await().atMost(LIMIT).until(() -> {
            System.gc(); // an older JDK ends the threads of a client that nobody has any more
            Set<Thread> left = threads("HttpClient-");
            left.removeAll(clientsOfOthers);
            return left.isEmpty();
        });
    }

    @Test
    void whatWasCutShortIsPostedAgainAndHasNotFailed() {
        WebhookApplication.runner(folder, properties()).run(context -> {
            WebhookApplication.publish(context, 1, 1);
            await().atMost(LIMIT).until(() -> target.posts().size() == WEBHOOKS);
        });
        answers.countDown();
        WebhookApplication.runner(folder, properties()).run(context -> {
            context.getBean(QueueAdmin.class).awaitDrained(LIMIT);
            assertThat(target.posts()).hasSize(2 * WEBHOOKS);
            assertThat(context.getBean(QueueAdmin.class).deadLetters(DeadLetterQuery.all()))
                    .isEmpty();
        });
    }

    @Test
    void oneThatStandsByStopsAtOnceAndOneThatIsStoppedCanBeStartedAgain() {
        answers.countDown();
        WebhookApplication.runner(folder, properties()).run(context -> {
            WebhookApplication.runner(folder, properties()).run(standby -> {
                Webhooks webhooks = standby.getBean(Webhooks.class);
                webhooks.stop("hook-0");
                assertThat(threads("nsqite-webhook-hook-0")).hasSize(1); // of the first application
                webhooks.start("hook-0");
                assertThat(webhooks.all()).allMatch(WebhookStatus::running);
            });
            Webhooks webhooks = context.getBean(Webhooks.class);
            webhooks.stop("hook-1");
            webhooks.start("hook-1");
            WebhookApplication.publish(context, 1, 1);
            context.getBean(QueueAdmin.class).awaitDrained(LIMIT);
        });
    }
}
