package io.nsqite.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nsqite.bus.BusAckMode;
import io.nsqite.bus.BusLeftover;
import io.nsqite.bus.BusOptions;
import io.nsqite.bus.EventBus;
import io.nsqite.bus.OverflowPolicy;
import io.nsqite.bus.PublishResult;
import io.nsqite.spring.autoconfigure.NsqiteBusAutoConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the page about the event bus shows. */
@Timeout(60)
class EventBusPageTests {

    private final LinkedBlockingQueue<String> mails = new LinkedBlockingQueue<>();

    @Test
    void aChartGetsThePricesOfTheFeed() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(NsqiteBusAutoConfiguration.class))
                .withPropertyValues("nsqite.bus.subscriber.queue-size=4096")
                .withBean(PriceFeed.class)
                .withBean(PriceChart.class)
                .run(context -> {
                    context.getBean(PriceFeed.class).changed("ACME", 4200);
                    await().untilAsserted(() -> assertThat(
                                    context.getBean(PriceChart.class).latest())
                            .isEqualTo(Map.of("ACME", 4200L)));
                });
    }

    @Test
    void theBusWorksWithoutSpring() throws Exception {
        Map<String, Long> latest = new ConcurrentHashMap<>();
        List<BusLeftover> left;
        try (EventBus bus = EventBus.builder().build()) {
            BusOptions options = BusOptions.defaults()
                    .withConcurrency(4)
                    .withQueueSize(10_000)
                    .withWhenFull(OverflowPolicy.BLOCK)
                    .withMaxAttempts(3)
                    .withFailureHandler(failure -> alarm(failure.reason()));
            bus.subscribe(
                    "prices", "chart", PriceChanged.class, options, event -> latest.put(event.name(), event.cents()));

            PublishResult result = bus.publish("prices", new PriceChanged("ACME", 4200), Duration.ofMillis(100));
            if (result.isUnheard()) {
                alarm(new IllegalStateException("nobody listens to prices"));
            }
            assertThat(result.isComplete()).isTrue();

            BusOptions manual = options.withAckMode(BusAckMode.MANUAL);
            bus.subscribe(
                    "orders",
                    "mail",
                    Order.class,
                    manual,
                    (order, delivery) -> send(order).whenComplete((sent, failure) -> {
                        if (failure == null) {
                            delivery.finish();
                        } else {
                            delivery.requeue(Duration.ofSeconds(5));
                        }
                    }));
            bus.publish("orders", new Order("42", "a@example.com"));
            assertThat(mails.poll(10, TimeUnit.SECONDS)).isEqualTo("a@example.com");

            left = bus.stop(Duration.ofSeconds(10));
        }
        assertThat(left).isEmpty();
        assertThat(latest).containsEntry("ACME", 4200L);
    }

    private CompletableFuture<Void> send(Order order) {
        return CompletableFuture.runAsync(() -> mails.add(order.email()));
    }

    private void alarm(Throwable failure) {
        throw new AssertionError(failure);
    }
}
