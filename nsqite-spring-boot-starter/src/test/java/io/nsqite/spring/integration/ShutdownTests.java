package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.Consumer.State;
import io.nsqite.consumer.Consumers;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListener;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@Timeout(60)
class ShutdownTests {

    private static final ChannelName MAIL = new ChannelName("orders", "mail");

    @TempDir
    Path folder;

    @Test
    void aWebRequestThatFinishesDuringGracefulShutdownStillPublishes() throws Exception {
        ConfigurableApplicationContext context = TestApplication.on(folder.resolve("app.db"))
                .withWeb()
                .with(Web.class)
                .with(Gate.class)
                .with(Mail.class)
                .with("server.port=0")
                .with("server.shutdown=graceful")
                .start();
        Gate gate = context.getBean(Gate.class);
        CompletableFuture<HttpResponse<String>> response = HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create("http://localhost:"
                                        + context.getEnvironment().getProperty("local.server.port") + "/place"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(gate.entered.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(context::close);
        QueueAdmin admin = context.getBean(QueueAdmin.class);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> admin.channels().stream().allMatch(channel -> channel.ownerId() == null));
        gate.mayFinish.countDown();
        assertThat(response.get(20, TimeUnit.SECONDS).body()).isEqualTo("placed");
        closing.get(20, TimeUnit.SECONDS);
        try (var second =
                TestApplication.on(folder.resolve("app.db")).with(Mail.class).start()) {
            second.getBean(QueueAdmin.class).awaitDrained(MAIL, Duration.ofSeconds(20));
            assertThat(second.getBean(Mail.class).seen).containsExactly("placed while stopping");
        }
    }

    @Test
    void aTimeoutBeyondALifetimeIsForEverAndDoesNotKeepWhatIsIdle() {
        ConfigurableApplicationContext context = TestApplication.on(folder.resolve("app.db"))
                .with(Mail.class)
                .with("nsqite.listener.shutdown-timeout=200000d")
                .start();
        Consumers consumers = context.getBean(Consumers.class);
        context.close();
        assertThat(consumers.all()).allMatch(consumer -> consumer.state() == State.STOPPED);
        assertThat(consumers.all()).isNotEmpty();
    }

    @Test
    void aHandlerThatRunsFinishesAndWhatWasNotStartedIsHandledAfterTheNextStart() throws Exception {
        ConfigurableApplicationContext context =
                TestApplication.on(folder.resolve("app.db")).with(Slow.class).start();
        Slow slow = context.getBean(Slow.class);
        Producer producer = context.getBean(Producer.class);
        for (int i = 1; i <= 5; i++) {
            producer.publish("orders", "order " + i);
        }
        assertThat(slow.entered.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(context::close);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> context.getBeanFactory()
                                .getBean(Consumers.class)
                                .all()
                                .get(0)
                                .state()
                        != State.ACTIVE);
        slow.mayFinish.countDown();
        closing.get(20, TimeUnit.SECONDS);
        assertThat(slow.seen).containsExactly("order 1");
        try (var second =
                TestApplication.on(folder.resolve("app.db")).with(Mail.class).start()) {
            second.getBean(QueueAdmin.class).awaitDrained(MAIL, Duration.ofSeconds(20));
            assertThat(second.getBean(Mail.class).seen).containsExactly("order 2", "order 3", "order 4", "order 5");
        }
    }

    @Test
    void aHandlerThatHangsDoesNotHoldUpTheStopBeyondItsTimeout() throws Exception {
        ConfigurableApplicationContext context = TestApplication.on(folder.resolve("app.db"))
                .with(Slow.class)
                .with("nsqite.listener.shutdown-timeout=100ms")
                .start();
        context.getBean(Producer.class).publish("orders", "order 1");
        assertThat(context.getBean(Slow.class).entered.await(20, TimeUnit.SECONDS))
                .isTrue();
        CompletableFuture.runAsync(context::close).get(10, TimeUnit.SECONDS);
        try (var second =
                TestApplication.on(folder.resolve("app.db")).with(Mail.class).start()) {
            second.getBean(QueueAdmin.class).awaitDrained(MAIL, Duration.ofSeconds(20));
            assertThat(second.getBean(Mail.class).seen).containsExactly("order 1");
        }
    }

    static class Mail {

        final List<String> seen = new CopyOnWriteArrayList<>();

        @NsqiteListener(topic = "orders", channel = "mail")
        void on(String payload) {
            seen.add(payload);
        }
    }

    static class Slow {

        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch mayFinish = new CountDownLatch(1);
        final List<String> seen = new CopyOnWriteArrayList<>();

        @NsqiteListener(topic = "orders", channel = "mail")
        void on(String payload) throws InterruptedException {
            entered.countDown();
            mayFinish.await();
            seen.add(payload);
        }
    }

    static class Gate {

        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch mayFinish = new CountDownLatch(1);

        void pass() throws InterruptedException {
            entered.countDown();
            assertThat(mayFinish.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @RestController
    static class Web {

        private final Producer producer;
        private final Gate gate;

        Web(Producer producer, Gate gate) {
            this.producer = producer;
            this.gate = gate;
        }

        @GetMapping("/place")
        @Transactional
        public String place() throws InterruptedException {
            gate.pass();
            producer.publishTx("orders", "placed while stopping");
            return "placed";
        }
    }
}
