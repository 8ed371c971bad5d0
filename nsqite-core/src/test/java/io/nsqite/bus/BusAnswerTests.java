package io.nsqite.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.nsqite.RecordedLog;
import io.nsqite.message.DeliveryLostException;
import io.nsqite.retry.ExponentialBackoff;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Deliveries and their answers. */
class BusAnswerTests extends BusTest {

    private final BlockingQueue<BusFailure> givenUp = new LinkedBlockingQueue<>();
    private final BlockingQueue<BusDelivery<String>> deliveries = new LinkedBlockingQueue<>();
    private final BusOptions manual = options.withAckMode(BusAckMode.MANUAL)
            .withAckLease(Duration.ofMinutes(1))
            .withBackoff(ExponentialBackoff.defaults()
                    .withDelay(Duration.ofSeconds(1))
                    .withJitter(0))
            .withFailureHandler(givenUp::add);

    private BusSubscription open(BusOptions chosen) {
        return bus.subscribe("orders", "mail", String.class, chosen, (event, delivery) -> deliveries.add(delivery));
    }

    private BusDelivery<String> next() throws InterruptedException {
        BusDelivery<String> delivery = deliveries.poll(10, TimeUnit.SECONDS);
        assertThat(delivery).isNotNull();
        return delivery;
    }

    private BusDelivery<String> published(BusOptions chosen) throws InterruptedException {
        open(chosen);
        bus.publish("orders", "event");
        return next();
    }

    @Test
    void aDeliverySaysWhatItIs() throws Exception {
        BusDelivery<String> delivery = published(manual.withMaxAttempts(2));
        assertThat(delivery.event()).isEqualTo("event");
        assertThat(delivery.topic()).isEqualTo("orders");
        assertThat(delivery.channel()).isEqualTo("mail");
        assertThat(delivery.attempt()).isEqualTo(1);
        assertThat(delivery.lastAttempt()).isFalse();
        delivery.requeue();
        assertThat(next().lastAttempt()).isTrue();
        assertThat(delivery).hasToString("orders.mail: attempt 1 of an event of class java.lang.String");
    }

    @Test
    void inManualModeADeliveryStaysOpenUntilItIsFinished() throws Exception {
        BusSubscription subscription = open(manual);
        bus.publish("orders", "event");
        BusDelivery<String> delivery = next();
        assertThat(subscription.status().inHand()).isEqualTo(1);
        assertThat(subscription.status().succeeded()).isZero();
        delivery.finish();
        assertThat(subscription.status().succeeded()).isEqualTo(1);
        assertThat(subscription.status().inHand()).isZero();
    }

    @Test
    void inManualModeNoMoreAreOpenThanTheConcurrencySaysAndEachAnswerBringsTheNext() throws Exception {
        BusSubscription subscription = open(manual.withConcurrency(2));
        for (int i = 0; i < 4; i++) {
            bus.publish("orders", "event" + i);
        }
        BusDelivery<String> first = next();
        next();
        assertThat(subscription.status().inHand()).isEqualTo(2);
        assertThat(subscription.status().waiting()).isEqualTo(2);
        assertThat(deliveries).isEmpty();
        first.finish();
        next();
        assertThat(subscription.status().inHand()).isEqualTo(2);
        awaitStatus(subscription, BusSubscriptionStatus::waiting, 1);
    }

    @Test
    void aRequeuedEventComesAgainAfterItsDelay() throws Exception {
        BusDelivery<String> delivery = published(manual);
        delivery.requeue(Duration.ofSeconds(5));
        timer.advance(Duration.ofMillis(4999));
        assertThat(status("orders", "mail").retrying()).isEqualTo(1);
        timer.advance(Duration.ofMillis(1));
        assertThat(next().attempt()).isEqualTo(2);
        assertThat(status("orders", "mail").failed()).isZero();
    }

    @Test
    void anEventThatIsRequeuedAtItsLastAttemptIsGivenUp() throws Exception {
        published(manual.withMaxAttempts(1)).requeue();
        assertThat(givenUp.poll(10, TimeUnit.SECONDS).reason())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("last");
    }

    @Test
    void aRejectedEventIsGivenUpWithItsReason() throws Exception {
        IllegalArgumentException reason = new IllegalArgumentException("unknown");
        published(manual).reject(reason);
        assertThat(givenUp.poll(10, TimeUnit.SECONDS)).isEqualTo(new BusFailure("orders", "mail", "event", 1, reason));
        assertThat(status("orders", "mail").failed()).isEqualTo(1);
    }

    @Test
    void aSecondAnswerIsRefused() throws Exception {
        BusDelivery<String> delivery = published(manual);
        delivery.finish();
        assertThatIllegalStateException()
                .isThrownBy(delivery::finish)
                .withMessageContaining("orders.mail")
                .withMessageContaining("answered");
        assertThatIllegalStateException().isThrownBy(() -> delivery.reject(new IllegalStateException()));
        assertThatIllegalStateException().isThrownBy(delivery::requeue);
        assertThat(status("orders", "mail").succeeded()).isEqualTo(1);
    }

    @Test
    void aDelayThatCanNotBeIsRefusedAndTheDeliveryStaysOpen() throws Exception {
        BusDelivery<String> delivery = published(manual);
        assertThatIllegalArgumentException().isThrownBy(() -> delivery.requeue(Duration.ofMillis(-1)));
        delivery.finish();
        assertThat(status("orders", "mail").succeeded()).isEqualTo(1);
    }

    @Test
    void withoutAnAnswerWithinTheLeaseTheEventComesAgainAndTheAnswerIsTooLate() throws Exception {
        try (RecordedLog log = RecordedLog.open()) {
            BusDelivery<String> late = published(manual);
            timer.advance(Duration.ofSeconds(60));
            assertThat(next().attempt()).isEqualTo(2);
            assertThatExceptionOfType(DeliveryLostException.class)
                    .isThrownBy(late::finish)
                    .withMessageContaining("orders.mail");
            assertThat(status("orders", "mail").failed()).isEqualTo(1);
            assertThat(log.lines(Level.WARN, "not answered within PT1M")).hasSize(1);
        }
    }

    @Test
    void aHandlerThatFailsAfterItsLeaseHasNotAnswered() throws Exception {
        CountDownLatch gate = gate();
        BusSubscription subscription =
                bus.subscribe("orders", "mail", String.class, manual.withConcurrency(2), (event, delivery) -> {
                    deliveries.add(delivery);
                    if (delivery.attempt() == 1) {
                        pass(gate);
                        throw new IllegalStateException("late");
                    }
                    delivery.finish();
                });
        try (RecordedLog log = RecordedLog.open()) {
            bus.publish("orders", "event");
            next();
            timer.advance(Duration.ofMinutes(1));
            assertThat(next().attempt()).isEqualTo(2);
            gate.countDown();
            assertThat(subscription.stop(LONG)).isEmpty();
            assertThat(log.lines(Level.WARN, "was answered before its handler failed"))
                    .isEmpty();
        }
        assertThat(subscription.status().succeeded()).isEqualTo(1);
        assertThat(subscription.status().failed()).isEqualTo(1);
    }

    @Test
    void withoutAnAnswerAtTheLastAttemptTheEventIsGivenUp() throws Exception {
        published(manual.withMaxAttempts(1));
        timer.advance(Duration.ofMinutes(1));
        assertThat(givenUp.poll(10, TimeUnit.SECONDS).reason()).isInstanceOf(TimeoutException.class);
    }

    @Test
    void touchingStartsTheLeaseAnew() throws Exception {
        open(manual.withConcurrency(2));
        bus.publish("orders", "one");
        BusDelivery<String> touched = next();
        timer.advance(Duration.ofSeconds(10));
        bus.publish("orders", "two");
        next();
        timer.advance(Duration.ofSeconds(40));
        touched.touch();
        timer.advance(Duration.ofSeconds(20));
        assertThat(next().event()).isEqualTo("two");
        assertThat(status("orders", "mail").failed()).isEqualTo(1);
        timer.advance(Duration.ofSeconds(39));
        touched.finish();
        timer.advance(Duration.ofHours(1));
        assertThatIllegalStateException().isThrownBy(touched::finish);
    }

    @Test
    void inManualModeAnExceptionOfTheHandlerIsAFailure() {
        BusSubscription subscription =
                bus.subscribe("orders", "mail", String.class, manual, (event, delivery) -> fail());
        bus.publish("orders", "event");
        awaitStatus(subscription, BusSubscriptionStatus::retrying, 1);
        assertThat(subscription.status().inHand()).isZero();
    }

    private static void fail() {
        throw new IllegalStateException("failed");
    }

    @Test
    void withoutManualModeAHandlerMayAnswerBeforeItReturns() throws Exception {
        AtomicReference<BusDelivery<String>> kept = new AtomicReference<>();
        BusSubscription subscription = bus.subscribe(
                "orders", "mail", String.class, manual.withAckMode(BusAckMode.AUTO), (event, delivery) -> {
                    kept.set(delivery);
                    delivery.touch();
                    switch (event) {
                        case "finish" -> delivery.finish();
                        case "requeue" -> delivery.requeue(Duration.ofDays(1));
                        case "reject" -> delivery.reject(new IllegalStateException());
                        default -> {}
                    }
                });
        bus.publish("orders", "finish");
        awaitStatus(subscription, BusSubscriptionStatus::succeeded, 1L);
        bus.publish("orders", "requeue");
        awaitStatus(subscription, BusSubscriptionStatus::retrying, 1);
        bus.publish("orders", "reject");
        awaitStatus(subscription, BusSubscriptionStatus::givenUp, 1L);
        bus.publish("orders", "nothing");
        awaitStatus(subscription, BusSubscriptionStatus::succeeded, 2L);
        assertThatIllegalStateException().isThrownBy(() -> kept.get().requeue());
    }

    @Test
    void anAnswerCountsEvenIfTheHandlerFailsAfterIt() {
        try (RecordedLog log = RecordedLog.open()) {
            BusSubscription subscription = bus.subscribe(
                    "orders", "mail", String.class, manual.withAckMode(BusAckMode.AUTO), (event, delivery) -> {
                        delivery.finish();
                        fail();
                    });
            bus.publish("orders", "event");
            awaitStatus(subscription, BusSubscriptionStatus::succeeded, 1L);
            await().atMost(LONG)
                    .untilAsserted(() ->
                            assertThat(log.lines(Level.WARN, "answered before")).hasSize(1));
            assertThat(subscription.status().failed()).isZero();
        }
    }

    @Test
    void aHandlerWithoutDeliveriesCanNotAnswerByHand() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bus.subscribe("orders", "mail", String.class, manual, event -> {}))
                .withMessageContaining("BusHandler");
    }
}
