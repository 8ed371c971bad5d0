package io.nsqite.spring.metrics;

import static io.nsqite.spring.doubles.QueueApplication.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.nsqite.Nsqite;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.producer.Producer;
import io.nsqite.spring.observation.DefaultProcessObservationConvention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However many topics there are, the tags are not more than the limit says. */
@Timeout(60)
class TagLimitTests {

    private static final int LIMIT = 50;
    private static final int THREADS = 4;

    @TempDir
    Path folder;

    @Test
    void timersOfObservationsAreBoundedAsWell() {
        ObservationRegistry observations = ObservationRegistry.create();
        MeasuredQueue.runner(folder)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(ObservationRegistry.class, () -> observations)
                .withPropertyValues("nsqite.metrics.max-topics=1")
                .run(context -> {
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
                    List.of("orders", "stock", "clicks", "orders")
                            .forEach(topic -> context.getBean(Producer.class).publish(topic, "a"));
                    assertThat(registry.get("nsqite.publish").timers())
                            .extracting(timer -> timer.getId().getTag("messaging.destination.name") + timer.count())
                            .containsExactlyInAnyOrder("orders2", "other2");
                });
    }

    @Test
    void manyThreadsGetNoMoreThanTheLimit() throws InterruptedException {
        BoundedTags tags = new BoundedTags(LIMIT, LIMIT);
        CountDownLatch done = new CountDownLatch(THREADS);
        for (int thread = 0; thread < THREADS; thread++) {
            int first = thread;
            new Thread(() -> {
                        for (int i = first; i < 10 * LIMIT; i++) {
                            tags.channel("topic-" + i, "mail");
                        }
                        done.countDown();
                    })
                    .start();
        }
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        long own = IntStream.range(0, 10 * LIMIT)
                .mapToObj(i -> "topic-" + i)
                .filter(topic -> tags.topic(topic).equals(topic))
                .count();
        assertThat(own).isEqualTo(LIMIT);
    }

    /** A convention of the application, with a name of its own. */
    static class Renamed extends DefaultProcessObservationConvention {

        @Override
        public String getName() {
            return "shop.events";
        }
    }

    @Test
    void channelsAreBoundedAsTopicsAreAlsoUnderAnotherName() {
        ObservationRegistry observations = ObservationRegistry.create();
        MeasuredQueue.runner(folder)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(ObservationRegistry.class, () -> observations)
                .withBean(Renamed.class)
                .withPropertyValues("nsqite.metrics.max-channels=2")
                .run(context -> {
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
                    Nsqite nsqite = context.getBean(Nsqite.class);
                    for (String channel : List.of("mail", "audit", "stock", "search")) {
                        nsqite.consume("orders", channel, ConsumerOptions.defaults(), delivery -> {})
                                .awaitActive(Duration.ofSeconds(10));
                        nsqite.producer().publish("orders", "a");
                    }
                    awaitThat(() -> succeeded(registry) == 1 + 2 + 3 + 4);
                    assertThat(registry.get("shop.events").timers())
                            .extracting(timer -> timer.getId().getTag("messaging.consumer.group.name"))
                            .containsExactlyInAnyOrder("mail", "audit", "other");
                    assertThat(registry.get("nsqite.messages.succeeded").counters())
                            .extracting(counter -> counter.getId().getTag("channel") + counter.count())
                            .containsExactlyInAnyOrder("mail4.0", "audit3.0", "other3.0");
                    assertThat(registry.get("nsqite.channels").gauge().value()).isEqualTo(4);
                    assertThat(registry.get("nsqite.channel.lag").gauges()).hasSize(2);
                });
    }

    private static double succeeded(MeterRegistry registry) {
        return registry.find("nsqite.messages.succeeded").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
