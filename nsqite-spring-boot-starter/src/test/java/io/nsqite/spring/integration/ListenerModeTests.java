package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.admin.DeadLetter;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.BatchElementFailedException;
import io.nsqite.consumer.Consumer;
import io.nsqite.message.Delivery;
import io.nsqite.message.DeliveryLostException;
import io.nsqite.message.Message;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import io.nsqite.retry.RetryAfterException;
import io.nsqite.spring.AckMode;
import io.nsqite.spring.Backoff;
import io.nsqite.spring.ListenerRegistration;
import io.nsqite.spring.NsqiteBuilderCustomizer;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.NsqiteListenerRegistry;
import io.nsqite.spring.test.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The ways in which a listener can be called, on a real queue. */
@Timeout(60)
class ListenerModeTests {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private static ConfigurableApplicationContext context;
    private static Producer producer;
    private static QueueAdmin admin;
    private static NsqiteListenerRegistry registry;
    private static Probe probe;

    @BeforeAll
    static void start() {
        context = TestApplication.on(folder.resolve("app.db"))
                .with(Probe.class)
                .with("nsqite.listener.backoff.delay=2ms")
                .with("nsqite.listener.backoff.jitter=0")
                .with(DrivenTime.class)
                .start();
        producer = context.getBean(Producer.class);
        admin = context.getBean(QueueAdmin.class);
        registry = context.getBean(NsqiteListenerRegistry.class);
        probe = context.getBean(Probe.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void aDeliveryIsAnsweredByAnotherThreadAfterTheMethodReturned() throws InterruptedException {
        producer.publish("manual", "a");
        Delivery first = next(probe.manual);
        assertThat(admin.channels())
                .filteredOn(channel -> channel.name().equals(new ChannelName("manual", "all")))
                .noneMatch(ChannelStatus::isDrained);
        first.requeue();
        Delivery second = next(probe.manual);
        assertThat(second.attempt()).isEqualTo(2);
        second.finish();
        drained("manual");
        assertThatIllegalStateException().isThrownBy(second::finish).withMessageContaining("answered already");
        producer.publish("manual", "b");
        next(probe.manual).reject(new IllegalArgumentException("hopeless"));
        drained("manual");
        assertThat(dead("manual"))
                .singleElement()
                .extracting(DeadLetter::error)
                .asString()
                .contains("hopeless");
    }

    @Test
    void aDeliveryThatNobodyAnswersComesBackAfterItsLease() throws InterruptedException {
        producer.publish("leased", "a");
        Delivery first = next(probe.leased);
        context.getBean(TestClock.class).advance(Duration.ofSeconds(50));
        first.touch();
        context.getBean(TestClock.class).advance(Duration.ofSeconds(50));
        assertThat(probe.leased).isEmpty();
        context.getBean(TestClock.class).advance(Duration.ofSeconds(20));
        Delivery second = next(probe.leased);
        assertThat(second.attempt()).isEqualTo(2);
        second.finish();
        assertThatExceptionOfType(DeliveryLostException.class).isThrownBy(first::finish);
        drained("leased");
    }

    @Test
    void aHandlerRequeuesWithADelayOfItsOwn() {
        producer.publish("requeued", "a");
        drained("requeued");
        assertThat(probe.requeued).containsExactly(1, 2, 3);
    }

    @Test
    void anExceptionSaysWhenToTryAgain() {
        producer.publish("later", "a");
        drained("later");
        assertThat(probe.later).containsExactly(1, 2);
    }

    @Test
    void aBatchHasWhatWaitsAndOneBadMessageSpoilsNoOther() {
        registry.stop("batch.all");
        publishAll("batch", IntStream.rangeClosed(1, 50).mapToObj(number -> number == 25 ? "bad" : "" + number));
        registry.start("batch.all");
        drained("batch");
        assertThat(probe.batch)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 50)
                        .filter(number -> number != 25)
                        .boxed()
                        .toList());
        assertThat(probe.batchSizes).contains(20).allMatch(size -> size <= 20);
        assertThat(dead("batch")).singleElement().satisfies(letter -> {
            assertThat(letter.message().payload()).asString().isEqualTo("bad");
            assertThat(letter.attempts()).isEqualTo(1);
        });
    }

    @Test
    void anElementThatTheMethodNamesIsTriedAgainAlone() {
        registry.stop("named.all");
        publishAll("named", Stream.of("a", "b", "c", "d"));
        registry.start("named.all");
        drained("named");
        assertThat(probe.named.get(0)).containsExactly("a 1", "b 1", "c 1", "d 1");
        assertThat(probe.named.subList(1, probe.named.size()).stream().flatMap(List::stream))
                .containsExactlyInAnyOrder("b 2", "c 1", "d 1");
        assertThat(probe.named).contains(List.of("b 2"));
    }

    @Test
    void messagesOfAKeyAreHandledInOrderWhateverFails() {
        producer.publish(IntStream.range(0, 120)
                .mapToObj(number -> NewMessage.to("ordered", "" + number).withKey("k" + number % 6))
                .toList());
        drained("ordered");
        for (int key = 0; key < 6; key++) {
            int remainder = key;
            assertThat(probe.ordered.stream().filter(number -> number % 6 == remainder))
                    .containsExactlyElementsOf(IntStream.range(0, 120)
                            .filter(number -> number % 6 == remainder)
                            .boxed()
                            .toList());
        }
    }

    @Test
    void aPausedListenerKeepsItsChannelAndGoesOnWhenResumed() throws InterruptedException {
        registry.pause("paused.all");
        producer.publish("paused", "a");
        assertThat(registry.status("paused.all").paused()).isTrue();
        assertThatThrownBy(() -> admin.awaitDrained(new ChannelName("paused", "all"), Duration.ofMillis(50)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(probe.paused).isEmpty();
        registry.resume("paused.all");
        drained("paused");
        assertThat(probe.paused).containsExactly("a");
    }

    @Test
    void aListenerIsRegisteredInCodeAndItsChannelIsServedAgainByAnother() throws InterruptedException {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        registry.register(ListenerRegistration.of(
                "first", "code", "all", String.class, (payload, delivery) -> seen.add("first " + payload)));
        producer.publish("code", "a");
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("first a");
        assertThat(registry.unregister("first")).isTrue();
        producer.publish("code", "b");
        registry.register(ListenerRegistration.of(
                "second", "code", "all", String.class, (payload, delivery) -> seen.add("second " + payload)));
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo("second b");
        drained("code");
        assertThat(registry.status("second").state()).isEqualTo(Consumer.State.ACTIVE);
        registry.unregister("second");
    }

    @Configuration(proxyBeanMethods = false)
    static class DrivenTime {

        @Bean
        TestClock clock() {
            return new TestClock();
        }

        @Bean
        NsqiteBuilderCustomizer time(TestClock clock) {
            return builder -> builder.clock(clock).timer(clock.timer());
        }
    }

    private static void publishAll(String topic, Stream<String> payloads) {
        producer.publish(payloads.map(payload -> NewMessage.to(topic, payload)).toList());
    }

    private static Delivery next(BlockingQueue<Delivery> deliveries) throws InterruptedException {
        Delivery delivery = deliveries.poll(10, TimeUnit.SECONDS);
        assertThat(delivery).isNotNull();
        return delivery;
    }

    private static void drained(String topic) {
        admin.awaitDrained(topic, LIMIT);
    }

    private static List<DeadLetter> dead(String topic) {
        return admin.deadLetters(DeadLetterQuery.all().withTopic(topic));
    }

    static class Probe {

        final BlockingQueue<Delivery> manual = new LinkedBlockingQueue<>();
        final BlockingQueue<Delivery> leased = new LinkedBlockingQueue<>();
        final List<Integer> requeued = new CopyOnWriteArrayList<>();
        final List<Integer> later = new CopyOnWriteArrayList<>();
        final List<Integer> batch = new CopyOnWriteArrayList<>();
        final List<Integer> batchSizes = new CopyOnWriteArrayList<>();
        final List<List<String>> named = new CopyOnWriteArrayList<>();
        final List<Integer> ordered = new CopyOnWriteArrayList<>();
        final List<String> paused = new CopyOnWriteArrayList<>();

        @NsqiteListener(topic = "manual", channel = "all", ackMode = AckMode.MANUAL)
        void manual(Delivery delivery) {
            manual.add(delivery);
        }

        @NsqiteListener(topic = "leased", channel = "all", ackMode = AckMode.MANUAL)
        void leased(String payload, Delivery delivery) {
            leased.add(delivery);
        }

        @NsqiteListener(topic = "requeued", channel = "all", backoff = @Backoff(delay = "5m"))
        void requeued(Delivery delivery) {
            requeued.add(delivery.attempt());
            if (delivery.attempt() < 3) {
                delivery.requeue(Duration.ofMillis(3));
            }
        }

        @NsqiteListener(topic = "later", channel = "all", backoff = @Backoff(delay = "5m"))
        void later(Delivery delivery) {
            later.add(delivery.attempt());
            if (delivery.attempt() == 1) {
                throw new IllegalStateException(new RetryAfterException(Duration.ofMillis(3), null));
            }
        }

        @NsqiteListener(topic = "batch", channel = "all", batchSize = 20)
        void batch(List<Integer> numbers) {
            batchSizes.add(numbers.size());
            batch.addAll(numbers);
        }

        @NsqiteListener(topic = "named", channel = "all", batchSize = 10)
        void named(List<Message> messages, List<Delivery> deliveries) {
            named.add(deliveries.stream()
                    .map(delivery -> new String(delivery.message().payload()) + " " + delivery.attempt())
                    .toList());
            for (int i = 0; i < messages.size(); i++) {
                if (new String(messages.get(i).payload()).equals("b")
                        && deliveries.get(i).attempt() == 1) {
                    throw new BatchElementFailedException(i, new IllegalStateException("on purpose"));
                }
            }
        }

        @NsqiteListener(topic = "ordered", channel = "all", ordered = true, concurrency = 4)
        void ordered(int number, Delivery delivery) {
            if (delivery.attempt() == 1 && number % 5 == 0) {
                throw new IllegalStateException("on purpose");
            }
            ordered.add(number);
        }

        @NsqiteListener(topic = "paused", channel = "all")
        void paused(String payload) {
            paused.add(payload);
        }
    }
}
