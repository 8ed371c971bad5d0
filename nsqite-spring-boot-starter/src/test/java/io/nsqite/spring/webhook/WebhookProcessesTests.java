package io.nsqite.spring.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The same webhook in two processes: one of them posts, the other one when it is gone. */
@Timeout(120)
class WebhookProcessesTests {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final ChannelName PARTNER = new ChannelName("orders", "partner");
    private static final String FROM = "X-From";

    @TempDir
    Path folder;

    private Target target;

    @BeforeEach
    void startTarget() throws IOException {
        target = Target.start();
    }

    @AfterEach
    void closeTarget() {
        target.close();
    }

    private String[] webhook(String process) {
        return WebhookApplication.webhook("partner", target.url(), "headers." + FROM + "=" + process);
    }

    private ApplicationContextRunner runner(String process) {
        return WebhookApplication.runner(folder, webhook(process));
    }

    private List<String> senders() {
        return target.posts().stream()
                .map(post -> post.headers().getFirst(FROM))
                .distinct()
                .toList();
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj("{\"number\":%d}"::formatted)
                .toList();
    }

    @Test
    void whenTheOneThatPostsIsKilledInTheMiddleOfAPostTheOtherGoesOnAndNothingIsLost() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Process killed = WebhookProgram.start(folder.resolve("app.db"), webhook("killed"));
        try {
            Path log = folder.resolve("program.log");
            await().atMost(LIMIT)
                    .until(() -> Files.exists(log)
                            && Files.readString(log).contains("Webhook partner: posts the messages of"));
            runner("heir").run(context -> {
                WebhookApplication.publish(context, 1, 20);
                context.getBean(QueueAdmin.class).awaitDrained(PARTNER, LIMIT);
                assertThat(senders()).containsExactly("killed");
                assertThat(target.messages().stream().flatMap(List::stream)).containsExactlyElementsOf(numbers(1, 20));

                int before = target.posts().size();
                target.behave(Target.after(never, 200));
                WebhookApplication.publish(context, 21, 21);
                await().atMost(LIMIT).until(() -> target.posts().size() == before + 1);
                WebhookApplication.publish(context, 22, 25);
                killed.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
                target.behave(post -> 200);
                context.getBean(QueueAdmin.class).awaitDrained(PARTNER, LIMIT);
                List<Target.Post> after =
                        target.posts().subList(before + 1, target.posts().size());
                assertThat(after).allMatch(post -> "heir".equals(post.headers().getFirst(FROM)));
                assertThat(after.stream().flatMap(post -> post.messages().stream()))
                        .containsExactlyInAnyOrderElementsOf(numbers(21, 25));
            });
        } finally {
            never.countDown();
            killed.destroyForcibly();
        }
    }

    @Test
    void whenTheOneThatPostsStopsTheOtherGoesOn() {
        runner("heir").run(heir -> {
            heir.getBean(Webhooks.class).stop("partner");
            runner("first").run(first -> {
                heir.getBean(Webhooks.class).start("partner");
                WebhookApplication.publish(heir, 1, 5);
                first.getBean(QueueAdmin.class).awaitDrained(PARTNER, LIMIT);
                assertThat(senders()).containsExactly("first");
            });
            WebhookApplication.publish(heir, 6, 9);
            heir.getBean(QueueAdmin.class).awaitDrained(PARTNER, LIMIT);
            assertThat(senders()).containsExactly("first", "heir");
            assertThat(target.messages().stream().flatMap(List::stream)).containsExactlyElementsOf(numbers(1, 9));
        });
    }
}
