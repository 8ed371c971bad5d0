package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.DeadLetter;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.message.Delivery;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import io.nsqite.spring.Backoff;
import io.nsqite.spring.NsqiteHeaders;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.PayloadHandler;
import io.nsqite.spring.handler.UnusableMessageException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.transaction.annotation.Transactional;

@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ListeningTests {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private static ConfigurableApplicationContext context;
    private static Producer producer;
    private static QueueAdmin admin;

    @BeforeAll
    static void start() {
        context = TestApplication.on(folder.resolve("app.db"))
                .with(Shop.class)
                .with(Probe.class)
                .with(StockHandler.class)
                .with("app.channel=mail")
                .with("nsqite.listener.backoff.delay=5ms")
                .with("nsqite.listeners[failures.all].max-attempts=3")
                .start();
        producer = context.getBean(Producer.class);
        admin = context.getBean(QueueAdmin.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void aMessageReachesTheListenersOfEveryChannelWithItsHeaders() {
        long id = producer.publish(
                NewMessage.to("orders", new Order(1, "ann")).withKey("k").withHeader("tenant", "blue"));
        drained("orders", "mail");
        drained("orders", "stock");
        assertThat(context.getBean(Probe.class).mails)
                .contains(
                        "%s tenant blue, id %d, key k, attempt 1, application/json".formatted(new Order(1, "ann"), id));
        assertThat(context.getBean(StockHandler.class).orders).contains(new Order(1, "ann"));
    }

    @Test
    void aListenerOfAProxiedBeanPublishesInATransactionOfItsOwn() {
        producer.publish("requests", new Order(5, "eve"));
        drained("requests", "shop");
        drained("orders", "stock");
        assertThat(context.getBean(StockHandler.class).orders).contains(new Order(5, "eve"));
    }

    @Test
    void whatRollsBackIsNotDelivered() {
        Shop shop = context.getBean(Shop.class);
        assertThatIllegalArgumentException().isThrownBy(() -> shop.placeAndFail(new Order(6, "nobody")));
        shop.place(new Order(7, "somebody"));
        drained("orders", "stock");
        assertThat(context.getBean(StockHandler.class).orders)
                .contains(new Order(7, "somebody"))
                .doesNotContain(new Order(6, "nobody"));
    }

    @Test
    void aPayloadThatCantBeReadIsADeadLetterAtOnceAndOthersGoOn() {
        long id = producer.publish("typed", "{not json");
        long invalid = producer.publish("typed", new Amount(-1));
        producer.publish("typed", new Amount(2));
        drained("typed", "all");
        assertThat(context.getBean(Probe.class).amounts).containsExactly(new Amount(2));
        assertThat(dead("typed")).extracting(letter -> letter.message().id()).containsExactly(id, invalid);
        assertThat(dead("typed")).allSatisfy(letter -> {
            assertThat(letter.attempts()).isEqualTo(1);
            assertThat(letter.error())
                    .contains(UnusableMessageException.class.getName())
                    .contains("Probe.amount(Amount)");
            assertThat(letter.stack()).contains("Caused by");
        });
    }

    @Test
    void aListenerThatFailsIsTriedAgainAndThenLeavesADeadLetterWithTheCause() {
        producer.publish("failures", "boom");
        drained("failures", "all");
        assertThat(context.getBean(Probe.class).attempts).containsExactly(1, 2, 3);
        assertThat(dead("failures")).singleElement().satisfies(letter -> {
            assertThat(letter.attempts()).isEqualTo(3);
            assertThat(letter.error()).contains("IllegalStateException").contains("on purpose");
        });
    }

    @Test
    void aFailureThatIsNotWorthARetryIsADeadLetterAtOnce() {
        producer.publish("hopeless", "boom");
        drained("hopeless", "all");
        assertThat(dead("hopeless"))
                .singleElement()
                .extracting(DeadLetter::attempts)
                .isEqualTo(1);
    }

    @Test
    void whatAListenerDoesIsInTheLogAtStart(CapturedOutput output) {
        try (var second = TestApplication.on(folder.resolve("second.db"))
                .with(StockHandler.class)
                .with("nsqite.listener.auto-startup=false")
                .start()) {
            second.getBean(Producer.class).publish("orders", new Order(1, "ann"));
            second.getBean(Producer.class).publish("unheard", "x");
            assertThat(second.getBean(QueueAdmin.class).channels())
                    .singleElement()
                    .satisfies(channel -> assertThat(channel.waiting()).isEqualTo(1));
        }
        assertThat(output).contains("orders.stock: not started (auto-startup is off)");
        try (var third = TestApplication.on(folder.resolve("second.db"))
                .with(StockHandler.class)
                .start()) {
            assertThat(output).contains("orders.stock: listening, concurrency 1, max attempts 10, backlog 1");
            third.getBean(QueueAdmin.class).awaitDrained(new ChannelName("orders", "stock"), LIMIT);
            assertThat(third.getBean(StockHandler.class).orders).containsExactly(new Order(1, "ann"));
            assertThat(output).contains("unheard: nobody listens to this topic. Has its listener");
        }
        try (var fourth = TestApplication.on(folder.resolve("second.db")).start()) {
            assertThat(output).contains("orders.stock: nobody serves this channel");
            assertThat(fourth.isActive()).isTrue();
        }
    }

    private static void drained(String topic, String channel) {
        admin.awaitDrained(new ChannelName(topic, channel), LIMIT);
    }

    private static List<DeadLetter> dead(String topic) {
        return admin.deadLetters(DeadLetterQuery.all().withTopic(topic));
    }

    record Order(int number, String customer) {}

    record Amount(@Positive int cents) {}

    static class Shop {

        private final Producer producer;

        Shop(Producer producer) {
            this.producer = producer;
        }

        @Transactional
        public void place(Order order) {
            producer.publishTx("orders", order);
        }

        @Transactional
        public void placeAndFail(Order order) {
            producer.publishTx("orders", order);
            throw new IllegalArgumentException("on purpose");
        }

        @Transactional
        @NsqiteListener(topic = "requests", channel = "shop")
        void request(Order order) {
            producer.publishTx("orders", order);
        }
    }

    @NsqiteListener(topic = "orders", channel = "stock")
    static class StockHandler implements PayloadHandler<Order> {

        final List<Order> orders = new CopyOnWriteArrayList<>();

        @Override
        public void handle(Order order, Delivery delivery) {
            orders.add(order);
        }
    }

    static class Probe {

        final List<String> mails = new CopyOnWriteArrayList<>();
        final List<Amount> amounts = new CopyOnWriteArrayList<>();
        final List<Integer> attempts = new CopyOnWriteArrayList<>();

        @NsqiteListener(topic = "orders", channel = "${app.channel}", concurrency = 2)
        void mail(
                Order order,
                @Header(name = "tenant", required = false) String tenant,
                @Header(NsqiteHeaders.ID) long id,
                @Header(name = NsqiteHeaders.KEY, required = false) String key,
                @Header(NsqiteHeaders.ATTEMPT) int attempt,
                @Header(NsqiteHeaders.CONTENT_TYPE) String contentType) {
            mails.add("%s tenant %s, id %d, key %s, attempt %d, %s"
                    .formatted(order, tenant, id, key, attempt, contentType));
        }

        @NsqiteListener(topic = "typed", channel = "all")
        void amount(@Payload @Valid Amount amount) {
            amounts.add(amount);
        }

        @NsqiteListener(topic = "failures", channel = "all", backoff = @Backoff(maxDelay = "20ms"))
        void failing(String payload, Delivery delivery) {
            attempts.add(delivery.attempt());
            throw new IllegalStateException(payload + " on purpose");
        }

        @NsqiteListener(topic = "hopeless", channel = "all", noRetryFor = UnsupportedOperationException.class)
        void hopeless(String payload) {
            throw new IllegalStateException(new UnsupportedOperationException(payload));
        }
    }
}
