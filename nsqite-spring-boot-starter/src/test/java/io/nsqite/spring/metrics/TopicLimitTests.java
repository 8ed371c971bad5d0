package io.nsqite.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.nsqite.producer.Producer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However many topics there are, the tags are not more than the limit says. */
@Timeout(60)
class TopicLimitTests {

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
        TopicTags tags = new TopicTags(LIMIT);
        CountDownLatch done = new CountDownLatch(THREADS);
        for (int thread = 0; thread < THREADS; thread++) {
            int first = thread;
            new Thread(() -> {
                        for (int i = first; i < 10 * LIMIT; i++) {
                            tags.of("topic-" + i);
                        }
                        done.countDown();
                    })
                    .start();
        }
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        long own = IntStream.range(0, 10 * LIMIT)
                .mapToObj(i -> "topic-" + i)
                .filter(topic -> tags.of(topic).equals(topic))
                .count();
        assertThat(own).isEqualTo(LIMIT);
    }
}
