package io.nsqite.spring.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.docs.Partners;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import io.nsqite.spring.actuate.NsqiteHealthIndicator;
import io.nsqite.spring.autoconfigure.NsqiteAutoConfiguration;
import io.nsqite.spring.autoconfigure.NsqiteHealthAutoConfiguration;
import io.nsqite.spring.autoconfigure.NsqiteWebhookAutoConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;

/** Webhooks against a real HTTP server that fails, hangs, is slow, redirects, wants no more, goes away and comes back. */
@Timeout(60)
class WebhookTests {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final ChannelName PARTNER = new ChannelName("orders", "partner");

    @TempDir
    Path folder;

    private Target target = start();

    private static Target start() {
        try {
            return Target.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void closeTarget() {
        target.close();
    }

    private void run(ContextConsumer<AssertableApplicationContext> test, String... properties) {
        runner(properties).run(test);
    }

    private ApplicationContextRunner runner(String... properties) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        JacksonAutoConfiguration.class,
                        NsqiteAutoConfiguration.class,
                        NsqiteWebhookAutoConfiguration.class,
                        NsqiteHealthAutoConfiguration.class))
                .withPropertyValues(
                        "spring.datasource.url=jdbc:sqlite:" + folder.resolve("app.db"),
                        "nsqite.listener.backoff.delay=10ms",
                        "nsqite.listener.backoff.max-delay=50ms",
                        "nsqite.webhooks.partner.topic=orders",
                        "nsqite.webhooks.partner.url=" + target.url())
                .withPropertyValues(properties);
    }

    private static void publish(AssertableApplicationContext context, int from, int to) {
        context.getBean(Producer.class)
                .publish(IntStream.rangeClosed(from, to)
                        .mapToObj(number -> NewMessage.to("orders", Map.of("number", number)))
                        .toList());
    }

    private static void awaitDrained(AssertableApplicationContext context) {
        context.getBean(QueueAdmin.class).awaitDrained(PARTNER, LIMIT);
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(LIMIT).untilAsserted(assertion);
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj("{\"number\":%d}"::formatted)
                .toList();
    }

    @Test
    void whatWaitsIsPostedTogetherAndWithAllThatIsKnownOfIt() {
        run(
                context -> {
                    CountDownLatch free = new CountDownLatch(1);
                    target.behave(Target.after(free, 204));
                    context.getBean(Producer.class)
                            .publish(NewMessage.to("orders", Map.of("number", 1))
                                    .withKey("42")
                                    .withHeader("tenant", "a"));
                    eventually(() -> assertThat(target.posts()).hasSize(1));
                    publish(context, 2, 8);
                    free.countDown();
                    awaitDrained(context);
                    assertThat(target.messages()).containsExactly(numbers(1, 1), numbers(2, 6), numbers(7, 8));
                    Target.Post first = target.posts().get(0);
                    assertThat(first.path()).isEqualTo("/hook");
                    assertThat(first.headers().getFirst("Content-Type")).isEqualTo("application/json");
                    assertThat(first.headers().getFirst("Authorization")).isEqualTo("Bearer abc");
                    assertThat(first.headers()).doesNotContainKey(Signature.SIGNATURE_HEADER);
                    assertThat(new String(first.body(), StandardCharsets.UTF_8))
                            .startsWith(
                                    "{\"topic\":\"orders\",\"channel\":\"partner\",\"messages\":[{\"id\":1,\"message\":{\"number\":1},\"key\":\"42\",\"headers\":{")
                            .contains("\"tenant\":\"a\"", "\"attempt\":1,\"published_at\":\"20", "\"priority\":4}");
                },
                "nsqite.webhooks.partner.batch-size=5",
                "nsqite.webhooks.partner.headers.Authorization=Bearer abc");
    }

    @Test
    void aTargetThatFailsGetsTheMessagesAgainOneByOneInTheOrderOfTheirKeys() {
        run(
                context -> {
                    AtomicInteger failures = new AtomicInteger();
                    target.behave(post -> failures.incrementAndGet() <= 5 ? 500 : 200);
                    Producer producer = context.getBean(Producer.class);
                    List<NewMessage> messages = new ArrayList<>();
                    for (int i = 1; i <= 12; i++) {
                        messages.add(NewMessage.to("orders", i).withKey("key " + i % 3));
                    }
                    producer.publish(messages);
                    awaitDrained(context);
                    List<Integer> taken = target
                            .posts()
                            .subList(5, target.posts().size())
                            .stream()
                            .flatMap(post -> post.messages().stream())
                            .map(Integer::valueOf)
                            .toList();
                    assertThat(taken).hasSize(12).doesNotHaveDuplicates();
                    for (int key = 0; key < 3; key++) {
                        int wanted = key;
                        assertThat(taken.stream().filter(number -> number % 3 == wanted))
                                .isSorted();
                    }
                },
                "nsqite.webhooks.partner.max-attempts=0");
    }

    @Test
    void aMessageThatTheTargetCantTakeSpoilsNoOthersAndBecomesADeadLetterWithTheAnswer() {
        run(
                context -> {
                    target.behave(post -> post.messages().contains("{\"number\":2}") ? 422 : 200);
                    publish(context, 1, 4);
                    awaitDrained(context);
                    QueueAdmin admin = context.getBean(QueueAdmin.class);
                    assertThat(admin.deadLetters(DeadLetterQuery.of(PARTNER)))
                            .singleElement()
                            .satisfies(letter -> {
                                assertThat(letter.message().id()).isEqualTo(2);
                                assertThat(letter.error()).contains("The target answered 422");
                                assertThat(letter.attempts()).isEqualTo(3);
                            });
                },
                "nsqite.webhooks.partner.max-attempts=3");
    }

    @Test
    void redirectsAreNotFollowed() {
        run(context -> {
            target.behave(post -> post.path().equals("/hook") && target.posts().size() == 1 ? 307 : 200);
            publish(context, 1, 1);
            awaitDrained(context);
            assertThat(target.posts()).hasSize(2).allMatch(post -> post.path().equals("/hook"));
        });
    }

    @Test
    void aSlowTargetIsWaitedFor() {
        run(
                context -> {
                    target.behave(post -> new CountDownLatch(1).await(400, TimeUnit.MILLISECONDS) ? 500 : 200);
                    publish(context, 1, 1);
                    awaitDrained(context);
                    assertThat(target.messages()).containsExactly(numbers(1, 1));
                },
                "nsqite.webhooks.partner.timeout=3s");
    }

    @Test
    void aTargetThatHangsIsGivenUpAndAskedAgain() {
        run(
                context -> {
                    CountDownLatch hang = new CountDownLatch(1);
                    target.behave(post ->
                            target.posts().size() == 1 ? Target.after(hang, 200).status(post) : 200);
                    publish(context, 1, 1);
                    awaitDrained(context);
                    hang.countDown();
                    assertThat(target.messages()).hasSizeGreaterThan(1).allMatch(numbers(1, 1)::equals);
                },
                "nsqite.webhooks.partner.timeout=500ms");
    }

    @Test
    void aTargetThatIsGoneComesBack() throws Exception {
        int port = target.port();
        target.close();
        run(
                context -> {
                    publish(context, 1, 3);
                    QueueAdmin admin = context.getBean(QueueAdmin.class);
                    eventually(() -> assertThat(
                                    admin.channel(PARTNER, 10).orElseThrow().retrying())
                            .isPositive());
                    target = Target.startOn(port);
                    awaitDrained(context);
                    assertThat(target.messages().stream().flatMap(List::stream).sorted())
                            .containsExactlyElementsOf(numbers(1, 3));
                },
                "nsqite.webhooks.partner.max-attempts=0");
    }

    @Test
    void aTargetThatAnswers410IsLeftAloneUntilItIsStartedAgain() {
        run(context -> {
            target.behave(post -> 410);
            publish(context, 1, 2);
            Webhooks webhooks = context.getBean(Webhooks.class);
            eventually(() -> assertThat(webhooks.all())
                    .singleElement()
                    .satisfies(webhook -> assertThat(webhook.problem()).contains("410")));
            assertThat(webhooks.all().get(0).running()).isFalse();
            Health health = context.getBean(NsqiteHealthIndicator.class).health();
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails().get("webhooks")).asString().contains("partner", "410");
            publish(context, 3, 3);
            target.behave(post -> 200);
            eventually(() -> assertThat(context.getBean(QueueAdmin.class)
                            .channel(PARTNER, 10)
                            .orElseThrow()
                            .ownerId())
                    .isNull());
            assertThat(target.posts()).hasSize(1);
            webhooks.start("partner");
            awaitDrained(context);
            assertThat(webhooks.all().get(0).problem()).isNull();
            assertThat(context.getBean(NsqiteHealthIndicator.class).health().getStatus())
                    .isEqualTo(Status.UP);
            assertThat(target.messages().stream().skip(1).flatMap(List::stream).sorted())
                    .containsExactlyElementsOf(numbers(1, 3));
        });
    }

    @Test
    void whoStartsItAgainAsSoonAsItHasStoppedIsHeard() {
        run(context -> {
            target.behave(post -> 410);
            publish(context, 1, 1);
            Webhooks webhooks = context.getBean(Webhooks.class);
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(1)) // before it has given its channel back, if possible
                    .until(() -> webhooks.all().get(0).problem() != null);
            target.behave(post -> 200);
            webhooks.start("partner");
            awaitDrained(context);
            assertThat(webhooks.all().get(0).running()).isTrue();
        });
    }

    @Test
    void aRestartGoesOnWhereItStopped() {
        CountDownLatch slow = new CountDownLatch(1);
        run(context -> {
            publish(context, 1, 1);
            awaitDrained(context);
            target.behave(Target.after(slow, 200));
            publish(context, 2, 2);
            eventually(() -> assertThat(target.posts()).hasSize(2));
            slow.countDown(); // a post that is on its way ends before the application does
        });
        run(context -> {
            publish(context, 3, 3);
            awaitDrained(context);
            assertThat(target.messages()).containsExactly(numbers(1, 1), numbers(2, 2), numbers(3, 3));
        });
    }

    @Test
    void postsAreSignedWithTheSecretAndTheTime() {
        run(
                context -> {
                    publish(context, 1, 1);
                    awaitDrained(context);
                    Target.Post post = target.posts().get(0);
                    String timestamp = post.headers().getFirst("Nsqite-Timestamp");
                    String signature = post.headers().getFirst("Nsqite-Signature");
                    assertThat(Partners.isGenuine("s3cret", timestamp, signature, post.body()))
                            .isTrue();
                    assertThat(Partners.isGenuine("other", timestamp, signature, post.body()))
                            .isFalse();
                },
                "nsqite.webhooks.partner.secret=s3cret");
    }

    @Test
    void theSignatureIsWhatOthersCompute() {
        // echo -n '1767225600.{}' | openssl dgst -sha256 -hmac key
        assertThat(Signature.of("key", "1767225600", "{}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1=df344de429b8ee672e1863e0008fdbd0080000536fbccdf0e4f89846acbbe872");
    }

    @Test
    void fromOnePostToTheNextItTakesTheInterval() {
        run(
                context -> {
                    publish(context, 1, 1);
                    eventually(() -> assertThat(target.posts()).hasSize(1));
                    publish(context, 2, 2);
                    awaitDrained(context);
                    long nanos = target.posts().get(1).nanoTime()
                            - target.posts().get(0).nanoTime();
                    assertThat(Duration.ofNanos(nanos)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
                },
                "nsqite.webhooks.partner.interval=400ms");
    }

    @Test
    void betweenPostsThatFailAndThoseThatRepeatThemLiesTheIntervalToo() {
        run(
                context -> {
                    target.behave(post -> target.posts().size() <= 4 ? 503 : 200);
                    publish(context, 1, 3);
                    awaitDrained(context);
                    assertThat(target.messages().get(0)).isEqualTo(numbers(1, 3));
                    assertThat(target.messages().stream().skip(1)).allMatch(messages -> messages.size() == 1);
                    List<Target.Post> posts = target.posts();
                    assertThat(posts).hasSize(7);
                    for (int i = 1; i < posts.size(); i++) {
                        long nanos = posts.get(i).nanoTime() - posts.get(i - 1).nanoTime();
                        assertThat(Duration.ofNanos(nanos)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
                    }
                },
                "nsqite.webhooks.partner.interval=150ms",
                "nsqite.webhooks.partner.max-attempts=3");
    }

    @Test
    void postsSpeakPlainHttpAndAskForNoOtherProtocol() {
        run(context -> {
            publish(context, 1, 1);
            awaitDrained(context);
            assertThat(target.posts().get(0).headers()).doesNotContainKeys("Upgrade", "Http2-settings", "Connection");
        });
    }
}
