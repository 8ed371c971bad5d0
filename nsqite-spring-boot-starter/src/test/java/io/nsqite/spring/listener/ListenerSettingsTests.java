package io.nsqite.spring.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.AckMode;
import io.nsqite.consumer.BatchElementFailedException;
import io.nsqite.consumer.Consumer.State;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.KeyOrder;
import io.nsqite.consumer.StartPosition;
import io.nsqite.message.Delivery;
import io.nsqite.retry.ExponentialBackoff;
import io.nsqite.spring.Backoff;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.StartFrom;
import io.nsqite.spring.doubles.QueueDouble;
import io.nsqite.spring.doubles.QueueDoubleConfiguration;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ListenerSettingsTests {

    private final ApplicationContextRunner runner =
            QueueDoubleConfiguration.runner().withBean(Listening.class);

    @Test
    void withoutSettingsTheLibrarysDefaultsHold() {
        runner.run(context -> {
            ConsumerOptions options = options(context.getBean(QueueDouble.class), "plain");
            assertThat(options.withFatal(ConsumerOptions.defaults().fatal())).isEqualTo(ConsumerOptions.defaults());
        });
    }

    @Test
    void theAnnotationWinsOverThePropertiesOfAllListeners() {
        runner.withPropertyValues(
                        "nsqite.listener.concurrency=7",
                        "nsqite.listener.max-attempts=7",
                        "nsqite.listener.backoff.delay=7s",
                        "nsqite.listener.backoff.jitter=0.7")
                .run(context -> {
                    QueueDouble queue = context.getBean(QueueDouble.class);
                    assertThat(options(queue, "plain").concurrency()).isEqualTo(7);
                    assertThat(options(queue, "plain").maxAttempts()).isEqualTo(7);
                    assertThat(options(queue, "annotated").concurrency()).isEqualTo(2);
                    assertThat(options(queue, "annotated").maxAttempts()).isZero();
                    assertThat(options(queue, "annotated").backoff())
                            .isEqualTo(new ExponentialBackoff(Duration.ofMillis(20), 2, Duration.ofMinutes(5), 0.7));
                });
    }

    @Test
    void thePropertiesOfAListenerWinOverItsAnnotation() {
        runner.withPropertyValues(
                        "nsqite.listeners[orders.annotated].concurrency=9",
                        "nsqite.listeners[orders.annotated].backoff.max-delay=9m",
                        "nsqite.listeners.named.max-attempts=9")
                .run(context -> {
                    QueueDouble queue = context.getBean(QueueDouble.class);
                    assertThat(options(queue, "annotated").concurrency()).isEqualTo(9);
                    assertThat(options(queue, "annotated").maxAttempts()).isZero();
                    assertThat(options(queue, "annotated").backoff().delay()).isEqualTo(Duration.ofMillis(20));
                    assertThat(options(queue, "annotated").backoff().maxDelay()).isEqualTo(Duration.ofMinutes(9));
                    assertThat(options(queue, "named").maxAttempts()).isEqualTo(9);
                });
    }

    @Test
    void autoStartupFollowsTheSamePrecedence() {
        runner.withPropertyValues(
                        "nsqite.listener.auto-startup=false", "nsqite.listeners[orders.plain].auto-startup=true")
                .run(context -> {
                    QueueDouble queue = context.getBean(QueueDouble.class);
                    assertThat(queue.consumer("plain").state()).isEqualTo(State.ACTIVE);
                    assertThat(queue.consumer("annotated").state()).isEqualTo(State.ACTIVE);
                    assertThat(queue.consumer("named").state()).isEqualTo(State.STOPPED);
                });
    }

    @Test
    void theStartOfAChannelComesFromTheAnnotation() {
        runner.run(context -> {
            QueueDouble queue = context.getBean(QueueDouble.class);
            assertThat(options(queue, "annotated").startFrom()).isEqualTo(StartPosition.LATEST);
            assertThat(options(queue, "named").startFrom()).isEqualTo(StartPosition.EARLIEST);
        });
    }

    @Test
    void failuresThatAreNotWorthARetryAreToldByTypeAndCause() {
        runner.run(context -> {
            ConsumerOptions options = options(context.getBean(QueueDouble.class), "annotated");
            assertThat(options.fatal())
                    .accepts(new IllegalArgumentException(), new RuntimeException(new IllegalArgumentException()))
                    .rejects(new IllegalStateException(), new Error());
        });
    }

    @Test
    void whereTheFailuresWorthARetryAreListedOthersAreNot() {
        runner.run(context -> {
            ConsumerOptions options = options(context.getBean(QueueDouble.class), "named");
            assertThat(options.fatal())
                    .rejects(new IOException(), new RuntimeException(new IOException()))
                    .accepts(new IllegalStateException(), new FileNotFoundException());
        });
    }

    @Test
    void causesThatFormACircleAreNoTrap() {
        RuntimeException outer = new RuntimeException();
        outer.initCause(new RuntimeException(outer));
        runner.run(context -> assertThat(
                        options(context.getBean(QueueDouble.class), "annotated").fatal())
                .rejects(outer));
    }

    @Test
    void failuresInThePropertiesOfAListenerTakeThePlaceOfThoseInTheAnnotation() {
        runner.withPropertyValues(
                        "nsqite.listener.no-retry-for=java.lang.ArithmeticException",
                        "nsqite.listeners[orders.annotated].no-retry-for=java.io.IOException,java.lang.IllegalStateException")
                .run(context -> {
                    QueueDouble queue = context.getBean(QueueDouble.class);
                    assertThat(options(queue, "plain").fatal())
                            .accepts(new ArithmeticException())
                            .rejects(new IOException());
                    assertThat(options(queue, "annotated").fatal())
                            .accepts(new IOException(), new RuntimeException(new IllegalStateException()))
                            .rejects(new ArithmeticException(), new IllegalArgumentException());
                });
    }

    @Test
    void theFailureOfABatchElementIsJudgedByItsCause() {
        runner.run(context -> assertThat(
                        options(context.getBean(QueueDouble.class), "annotated").fatal())
                .accepts(new BatchElementFailedException(1, new IllegalArgumentException()))
                .rejects(new BatchElementFailedException(1, new IllegalStateException())));
    }

    @Test
    void theAnnotationSaysHowItIsAcknowledgedOrderedAndBatched() {
        runner.withBean(Modes.class).run(context -> {
            QueueDouble queue = context.getBean(QueueDouble.class);
            assertThat(options(queue, "plain"))
                    .returns(AckMode.AUTO, ConsumerOptions::ackMode)
                    .returns(KeyOrder.NONE, ConsumerOptions::keyOrder)
                    .returns(1, ConsumerOptions::batchSize);
            assertThat(options(queue, "manual").ackMode()).isEqualTo(AckMode.MANUAL);
            assertThat(options(queue, "manual").ackLease()).isEqualTo(Duration.ofMinutes(1));
            assertThat(options(queue, "ordered").keyOrder()).isEqualTo(KeyOrder.SKIP_DEAD);
            assertThat(options(queue, "batch").batchSize()).isEqualTo(50);
        });
    }

    @Test
    void thePropertiesSayHowLongTheLeaseIsHowLargeABatchAndWhatADeadLetterDoesToItsKey() {
        runner.withBean(Modes.class)
                .withPropertyValues(
                        "nsqite.listener.ack-lease=5s",
                        "nsqite.listener.hold-key-behind-dead-letter=true",
                        "nsqite.listeners[orders.batch].batch-size=7")
                .run(context -> {
                    QueueDouble queue = context.getBean(QueueDouble.class);
                    assertThat(options(queue, "manual").ackLease()).isEqualTo(Duration.ofSeconds(5));
                    assertThat(options(queue, "ordered").keyOrder()).isEqualTo(KeyOrder.HOLD_BEHIND_DEAD);
                    assertThat(options(queue, "plain").keyOrder()).isEqualTo(KeyOrder.NONE);
                    assertThat(options(queue, "batch").batchSize()).isEqualTo(7);
                });
        runner.withBean(Modes.class)
                .withPropertyValues(
                        "nsqite.listeners[orders.manual].ack-lease=6s",
                        "nsqite.listener.hold-key-behind-dead-letter=true",
                        "nsqite.listeners[orders.ordered].hold-key-behind-dead-letter=false")
                .run(context -> {
                    QueueDouble queue = context.getBean(QueueDouble.class);
                    assertThat(options(queue, "manual").ackLease()).isEqualTo(Duration.ofSeconds(6));
                    assertThat(options(queue, "ordered").keyOrder()).isEqualTo(KeyOrder.SKIP_DEAD);
                });
    }

    private static ConsumerOptions options(QueueDouble queue, String channel) {
        return queue.consumer(channel).options();
    }

    static class Modes {

        @NsqiteListener(topic = "orders", channel = "manual", ackMode = io.nsqite.spring.AckMode.MANUAL)
        void manual(Delivery delivery) {}

        @NsqiteListener(topic = "orders", channel = "ordered", ordered = true)
        void ordered(String payload) {}

        @NsqiteListener(topic = "orders", channel = "batch", batchSize = 50)
        void batch(List<String> payloads) {}
    }

    static class Listening {

        @NsqiteListener(topic = "orders", channel = "plain")
        void plain(String payload) {}

        @NsqiteListener(
                topic = "orders",
                channel = "annotated",
                concurrency = 2,
                maxAttempts = 0,
                backoff = @Backoff(delay = "20ms"),
                startFrom = StartFrom.LATEST,
                noRetryFor = IllegalArgumentException.class,
                autoStartup = "true")
        void annotated(String payload) {}

        @NsqiteListener(
                id = "named",
                topic = "orders",
                channel = "named",
                startFrom = StartFrom.EARLIEST,
                retryFor = IOException.class,
                noRetryFor = FileNotFoundException.class)
        void named(String payload) {}
    }
}
