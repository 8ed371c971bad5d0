package io.nsqite.spring.metrics;

import static io.nsqite.spring.doubles.QueueApplication.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nsqite.message.Delivery;
import io.nsqite.message.NewMessage;
import io.nsqite.spring.NsqiteListenerConfigurer;
import io.nsqite.spring.doubles.QueueApplication;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to messages is counted and timed, and the counts add up. */
@Timeout(60)
class MessageMetricsTests {

    @TempDir
    Path folder;

    private void run(Consumer<MeasuredQueue> test, String... properties) {
        MeasuredQueue.runner(folder)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(NsqiteListenerConfigurer.class, () -> QueueApplication.mail(this::handle))
                .withPropertyValues(properties)
                .run(context -> test.accept(new MeasuredQueue(context)));
    }

    private void handle(String text, Delivery delivery) {
        boolean first = delivery.attempt() == 1;
        switch (text) {
            case "fails once", "fails" -> {
                if (first || text.equals("fails")) {
                    throw new IllegalStateException("no mail today");
                }
            }
            case "requeued" -> {
                if (first) {
                    delivery.requeue();
                }
            }
            default -> {}
        }
    }

    @Test
    void everyAttemptIsCountedByWhatBecameOfIt() {
        run(queue -> {
            List.of("good", "fails once", "fails", "requeued").forEach(queue::publish);
            awaitThat(() -> queue.count("succeeded") == 3 && queue.count("dead") == 1);
            assertThat(queue.published("orders")).isEqualTo(4);
            assertThat(queue.count("delivered")).isEqualTo(7);
            assertThat(queue.count("retried")).isEqualTo(3);
            assertThat(queue.count("failed")).isEqualTo(3);
            assertThat(queue.count("requeued")).isEqualTo(1);
            assertThat(queue.count("delivered"))
                    .isEqualTo(queue.count("succeeded") + queue.count("failed") + queue.count("requeued"));
            assertThat(timer(queue, "handling").count()).isEqualTo(7);
        });
    }

    @Test
    void whatIsRolledBackIsNotCountedAsPublished() {
        run(queue -> {
            queue.transaction().executeWithoutResult(status -> {
                queue.producer().publishTx("orders", "rolled back");
                status.setRollbackOnly();
            });
            queue.transaction().executeWithoutResult(status -> {
                queue.producer().publishTx("orders", "a");
                queue.producer().publishTx(List.of(NewMessage.to("orders", "b"), NewMessage.to("orders", "c")));
                assertThat(queue.registry().find("nsqite.messages.published").counter())
                        .as("before the commit")
                        .isNull();
            });
            assertThat(queue.published("orders")).isEqualTo(3);
        });
    }

    @Test
    void theTimeFromTheCommitLeavesOutWhatWasDelayedOrRetried() {
        run(queue -> {
            queue.publish("fails once");
            queue.producer().publish(NewMessage.to("orders", "late").withDelay(Duration.ofMillis(300)));
            queue.publish("good");
            awaitThat(() -> queue.count("succeeded") == 3);
            Timer latency = timer(queue, "latency");
            assertThat(latency.count()).isEqualTo(2);
            assertThat(latency.max(TimeUnit.NANOSECONDS)).isPositive();
        });
    }

    @Test
    void topicsBeyondTheLimitShareATag() {
        run(
                queue -> {
                    List.of("orders", "stock", "clicks", "clicks", "prices")
                            .forEach(topic -> queue.producer().publish(topic, "a"));
                    assertThat(queue.published("orders")).isEqualTo(1);
                    assertThat(queue.published("stock")).isEqualTo(1);
                    assertThat(queue.published("other")).isEqualTo(3);
                },
                "nsqite.metrics.max-topics=2");
    }

    @Test
    void theWritersCommitsAreMeasured() {
        run(queue -> {
            CountDownLatch published = new CountDownLatch(8);
            for (int i = 0; i < 8; i++) {
                new Thread(() -> {
                            queue.publish("good");
                            published.countDown();
                        })
                        .start();
            }
            awaitThat(() -> published.getCount() == 0);
            MeterRegistry registry = queue.registry();
            assertThat(registry.get("nsqite.writer.batch").summary().totalAmount())
                    .isGreaterThanOrEqualTo(8);
            long commits = registry.get("nsqite.writer.batch").summary().count();
            assertThat(registry.get("nsqite.writer.commit").timer().totalTime(TimeUnit.NANOSECONDS))
                    .isPositive();
            assertThat(registry.get("nsqite.writer.commit").timer().count()).isGreaterThanOrEqualTo(commits);
            assertThat(registry.get("nsqite.writer.wait").timer().count()).isGreaterThanOrEqualTo(commits);
        });
    }

    private static Timer timer(MeasuredQueue queue, String name) {
        return queue.registry()
                .get("nsqite." + name)
                .tags("topic", "orders", "channel", "mail")
                .timer();
    }
}
