package io.nsqite.spring.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nsqite.Nsqite;
import io.nsqite.bus.BusDelivery;
import io.nsqite.bus.BusFailure;
import io.nsqite.bus.BusFailureHandler;
import io.nsqite.bus.BusOptions;
import io.nsqite.bus.BusSubscriptionStatus;
import io.nsqite.bus.EventBus;
import io.nsqite.spring.AckMode;
import io.nsqite.spring.Backoff;
import io.nsqite.spring.NsqiteSubscriber;
import io.nsqite.spring.WhenFull;
import io.nsqite.spring.autoconfigure.NsqiteAutoConfiguration;
import io.nsqite.spring.autoconfigure.NsqiteBusAutoConfiguration;
import io.nsqite.spring.autoconfigure.NsqiteBusMetricsAutoConfiguration;
import io.nsqite.spring.autoconfigure.NsqiteBusProperties;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Lazy;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

/** The bus of an application, which needs no database. */
@Timeout(60)
class BusAutoConfigurationTests {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(NsqiteBusAutoConfiguration.class, NsqiteBusMetricsAutoConfiguration.class));

    record PriceChanged(String name, int price) {}

    static class Chart {

        final BlockingQueue<PriceChanged> drawn = new LinkedBlockingQueue<>();

        @NsqiteSubscriber(topic = "prices", channel = "chart")
        void draw(PriceChanged event) {
            drawn.add(event);
        }
    }

    static class Recorder {

        final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        final BlockingQueue<BusDelivery<PriceChanged>> open = new LinkedBlockingQueue<>();

        @NsqiteSubscriber(topic = "prices", channel = "a", concurrency = 2, queueSize = 10, maxAttempts = 3)
        @NsqiteSubscriber(
                topic = "prices",
                channel = "${second:b}",
                concurrencyString = "${b.concurrency:4}",
                queueSizeString = "20",
                maxAttemptsString = "5",
                whenFull = WhenFull.DISCARD)
        void record(BusDelivery<PriceChanged> delivery, PriceChanged event) {
            seen.add(delivery.channel() + event.price() + delivery.attempt());
        }

        @NsqiteSubscriber(topic = "prices", channel = "manual", ackMode = AckMode.MANUAL)
        void keep(BusDelivery<PriceChanged> delivery) {
            open.add(delivery);
        }
    }

    static class Failing {

        @NsqiteSubscriber(
                topic = "prices",
                channel = "failing",
                maxAttempts = 2,
                backoff = @Backoff(delay = "1ms", jitter = "0"),
                noRetryFor = IllegalArgumentException.class,
                errorHandler = "${handler:}")
        void fail(PriceChanged event) {
            throw event.price() == 0 ? new IllegalArgumentException() : new IllegalStateException();
        }
    }

    @Test
    void aMethodGetsTheEventsOfItsTopicWithoutAnyDatabase() {
        runner.withBean(Chart.class).run(context -> {
            PriceChanged event = new PriceChanged("ACME", 42);
            assertThat(context.getBean(EventBus.class).publish("prices", event).isComplete())
                    .isTrue();
            assertThat(context.getBean(Chart.class).drawn.poll(10, TimeUnit.SECONDS))
                    .isSameAs(event);
            assertThat(context).doesNotHaveBean(Nsqite.class);
        });
    }

    @Test
    void theBusStaysWhereTheQueueIsSwitchedOffAndGoesByItself() {
        ApplicationContextRunner both = runner.withConfiguration(AutoConfigurations.of(NsqiteAutoConfiguration.class));
        both.withPropertyValues("nsqite.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(EventBus.class));
        runner.withPropertyValues("nsqite.bus.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(EventBus.class));
    }

    @Test
    void withoutMicrometerAndTheDriverThereIsABusAsWell() {
        runner.withClassLoader(new FilteredClassLoader("io.micrometer", "org.sqlite", "com.zaxxer"))
                .withBean(Chart.class)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(EventBus.class));
    }

    @Test
    void aBusOfTheApplicationWins() {
        EventBus own = EventBus.builder().build();
        runner.withBean(EventBus.class, () -> own).withBean(Chart.class).run(context -> {
            assertThat(context.getBean(EventBus.class)).isSameAs(own);
            own.publish("prices", new PriceChanged("ACME", 1));
            assertThat(context.getBean(Chart.class).drawn.poll(10, TimeUnit.SECONDS))
                    .isNotNull();
        });
    }

    @Test
    void thereAreNoThreadsWithoutSubscribers() {
        runner.run(context -> {
            context.getBean(EventBus.class).publish("prices", "event");
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("nsqite-bus-timer")
                            || thread.getName().startsWith("nsqite-bus-prices"));
        });
    }

    @Test
    void attributesMeanWhatThoseOfListenersDo() {
        runner.withBean(Recorder.class).run(context -> {
            EventBus bus = context.getBean(EventBus.class);
            assertThat(status(bus, "a").concurrency()).isEqualTo(2);
            assertThat(status(bus, "a").queueSize()).isEqualTo(10);
            assertThat(status(bus, "b").concurrency()).isEqualTo(4);
            assertThat(status(bus, "b").queueSize()).isEqualTo(20);
            bus.publish("prices", new PriceChanged("ACME", 7));
            Recorder recorder = context.getBean(Recorder.class);
            await().atMost(LONG).untilAsserted(() -> assertThat(recorder.seen).containsExactlyInAnyOrder("a71", "b71"));
            BusDelivery<PriceChanged> open = recorder.open.poll(10, TimeUnit.SECONDS);
            assertThat(status(bus, "manual").succeeded()).isZero();
            open.finish();
            assertThat(status(bus, "manual").succeeded()).isEqualTo(1);
        });
    }

    private static BusSubscriptionStatus status(EventBus bus, String channel) {
        return bus.subscriptions().stream()
                .filter(status -> status.channel().equals(channel))
                .findAny()
                .orElseThrow();
    }

    @Test
    void propertiesAreForAllSubscribersAndStrongerForOne() {
        runner.withBean(Recorder.class)
                .withBean(Chart.class)
                .withPropertyValues(
                        "nsqite.bus.subscriber.queue-size=7",
                        "nsqite.bus.subscriber.concurrency=3",
                        "nsqite.bus.subscribers[prices.a].concurrency=5",
                        "nsqite.bus.subscribers[prices.b].auto-startup=false")
                .run(context -> {
                    EventBus bus = context.getBean(EventBus.class);
                    assertThat(status(bus, "chart").queueSize()).isEqualTo(7);
                    assertThat(status(bus, "chart").concurrency()).isEqualTo(3);
                    assertThat(status(bus, "a").queueSize()).isEqualTo(10);
                    assertThat(status(bus, "a").concurrency()).isEqualTo(5);
                    assertThat(bus.subscriptions())
                            .extracting(BusSubscriptionStatus::channel)
                            .containsExactly("a", "chart", "manual");
                    bus.subscribe("code", "own", String.class, event -> {});
                    assertThat(status(bus, "own").queueSize()).isEqualTo(7);
                });
    }

    @Test
    void theDefaultsOfThePropertiesAreThoseOfTheLibrary() {
        runner.run(context -> {
            NsqiteBusProperties.Subscriber defaults =
                    context.getBean(NsqiteBusProperties.class).subscriber();
            BusOptions library = BusOptions.defaults();
            assertThat(defaults.concurrency()).isEqualTo(library.concurrency());
            assertThat(defaults.queueSize()).isEqualTo(library.queueSize());
            assertThat(defaults.whenFull()).isEqualTo(library.whenFull());
            assertThat(defaults.maxAttempts()).isEqualTo(library.maxAttempts());
            assertThat(defaults.ackLease()).isEqualTo(library.ackLease());
            assertThat(defaults.waitWarning()).isEqualTo(library.waitWarning());
            assertThat(defaults.backoff().delay()).isEqualTo(library.backoff().delay());
            assertThat(defaults.backoff().multiplier())
                    .isEqualTo(library.backoff().multiplier());
            assertThat(defaults.backoff().maxDelay())
                    .isEqualTo(library.backoff().maxDelay());
            assertThat(defaults.backoff().jitter()).isEqualTo(library.backoff().jitter());
        });
    }

    @Test
    void whatIsGivenUpGoesToTheFailureHandlerBean() {
        BlockingQueue<BusFailure> failures = new LinkedBlockingQueue<>();
        runner.withBean(Failing.class)
                .withBean("only", BusFailureHandler.class, () -> failures::add)
                .run(context -> {
                    EventBus bus = context.getBean(EventBus.class);
                    bus.publish("prices", new PriceChanged("ACME", 1));
                    assertThat(failures.poll(10, TimeUnit.SECONDS).attempts()).isEqualTo(2);
                    bus.publish("prices", new PriceChanged("ACME", 0));
                    assertThat(failures.poll(10, TimeUnit.SECONDS).attempts()).isEqualTo(1);
                });
        runner.withBean(Failing.class)
                .withBean("one", BusFailureHandler.class, () -> failure -> {})
                .withBean("two", BusFailureHandler.class, () -> failures::add)
                .withPropertyValues("handler=two")
                .run(context -> {
                    context.getBean(EventBus.class).publish("prices", new PriceChanged("ACME", 0));
                    assertThat(failures.poll(10, TimeUnit.SECONDS)).isNotNull();
                });
    }

    @Test
    void whatWasAcceptedIsHandledBeforeTheApplicationEnds() {
        Chart chart = new Chart();
        runner.withBean(Chart.class, () -> chart).run(context -> {
            for (int i = 0; i < 500; i++) {
                context.getBean(EventBus.class).publish("prices", new PriceChanged("ACME", i));
            }
        });
        assertThat(chart.drawn).hasSize(500);
    }

    @Test
    void subscribersStartBeforeTheWebServerAndStopAfterIt() {
        runner.run(context ->
                assertThat(context.getBean(Subscribers.class).getPhase()).isLessThan(Integer.MAX_VALUE - 2048));
    }

    @Test
    void stoppingHasALimitAndAnApplicationThatStartsAgainSubscribesAgain() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch inHand = new CountDownLatch(1);
        runner.withBean(Chart.class)
                .withPropertyValues("nsqite.bus.stop-timeout=10ms")
                .run(context -> {
                    EventBus bus = context.getBean(EventBus.class);
                    bus.subscribe("stuck", "own", String.class, event -> {
                        inHand.countDown();
                        never.await();
                    });
                    bus.publish("stuck", "event");
                    assertThat(inHand.await(10, TimeUnit.SECONDS)).isTrue();
                    Subscribers subscribers = context.getBean(Subscribers.class);
                    subscribers.stop();
                    assertThat(subscribers.isRunning()).isFalse();
                    assertThat(bus.publish("prices", new PriceChanged("ACME", 1))
                                    .isUnheard())
                            .isTrue();
                    subscribers.start();
                    subscribers.start();
                    assertThat(bus.publish("prices", new PriceChanged("ACME", 1))
                                    .isComplete())
                            .isTrue();
                });
    }

    @Test
    void subscriptionsHaveMetersThatGoWithThem() {
        runner.withBean(Chart.class)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> {
                    EventBus bus = context.getBean(EventBus.class);
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    bus.publish("prices", new PriceChanged("ACME", 1));
                    await().atMost(LONG)
                            .untilAsserted(() -> assertThat(registry.get("nsqite.bus.succeeded")
                                            .tags("topic", "prices", "channel", "chart")
                                            .functionCounter()
                                            .count())
                                    .isEqualTo(1));
                    assertThat(registry.get("nsqite.bus.waiting").gauge().value())
                            .isZero();
                    context.getBean(Subscribers.class).stop();
                    assertThat(registry.find("nsqite.bus.succeeded").meters()).isEmpty();
                    context.getBean(Subscribers.class).start();
                    assertThat(registry.get("nsqite.bus.succeeded")
                                    .functionCounter()
                                    .count())
                            .isZero();
                });
    }

    @Test
    void metersCanBeSwitchedOff() {
        runner.withBean(Chart.class)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues("nsqite.metrics.enabled=false")
                .run(context -> assertThat(context.getBean(MeterRegistry.class).getMeters())
                        .isEmpty());
    }

    @EnableAsync(proxyTargetClass = true)
    static class Proxies {}

    static class Proxied {

        final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

        @NsqiteSubscriber(topic = "prices", channel = "proxied")
        void handle(String event) {
            seen.add(event);
        }

        @Async
        void other() {}

        BlockingQueue<String> seen() {
            return seen;
        }
    }

    @Test
    void aBeanBehindAProxyIsCalledThroughIt() {
        runner.withUserConfiguration(Proxies.class).withBean(Proxied.class).run(context -> {
            Proxied proxy = context.getBean(Proxied.class);
            assertThat(AopUtils.isCglibProxy(proxy)).isTrue();
            context.getBean(EventBus.class).publish("prices", "event");
            assertThat(proxy.seen().poll(10, TimeUnit.SECONDS)).isEqualTo("event");
        });
    }

    @Test
    void aLazyBeanSubscribesAsWell() {
        runner.withUserConfiguration(LazyChart.class).run(context -> {
            assertThat(context.getBean(EventBus.class)
                            .publish("prices", new PriceChanged("ACME", 1))
                            .isComplete())
                    .isTrue();
        });
    }

    @Lazy
    static class LazyChart extends Chart {}
}
