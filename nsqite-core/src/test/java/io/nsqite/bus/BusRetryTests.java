package io.nsqite.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.nsqite.RecordedLog;
import io.nsqite.retry.ExponentialBackoff;
import io.nsqite.retry.RetryAfterException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BusRetryTests extends BusTest {

    private static final ExponentialBackoff SECONDS =
            ExponentialBackoff.defaults().withDelay(Duration.ofSeconds(1)).withJitter(0);

    private final BlockingQueue<BusFailure> givenUp = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final BusOptions retrying = options.withBackoff(SECONDS).withFailureHandler(givenUp::add);

    private BusSubscription failing(BusOptions chosen, Throwable failure) {
        return bus.subscribe("orders", "mail", String.class, chosen, (event, delivery) -> {
            seen.add(event + delivery.attempt() + (delivery.lastAttempt() ? "!" : ""));
            if (event.startsWith("bad")) {
                sneak(failure);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable failure) throws E {
        throw (E) failure;
    }

    private void awaitSeen(String wanted) throws InterruptedException {
        assertThat(seen.poll(10, TimeUnit.SECONDS)).isEqualTo(wanted);
    }

    @Test
    void anEventThatFailsComesAgainAfterItsDelayUntilItsAttemptsAreUsedUp() throws Exception {
        IllegalStateException failure = new IllegalStateException("no");
        BusSubscription subscription = failing(retrying.withMaxAttempts(3), failure);
        bus.publish("orders", "bad");
        awaitSeen("bad1");
        awaitStatus(subscription, BusSubscriptionStatus::retrying, 1);
        timer.advance(Duration.ofMillis(999));
        assertThat(subscription.status().retrying()).isEqualTo(1);
        timer.advance(Duration.ofMillis(1));
        awaitSeen("bad2");
        awaitStatus(subscription, BusSubscriptionStatus::retried, 2L);
        timer.advance(Duration.ofSeconds(2));
        awaitSeen("bad3!");

        assertThat(givenUp.poll(10, TimeUnit.SECONDS)).isEqualTo(new BusFailure("orders", "mail", "bad", 3, failure));
        assertThat(seen).isEmpty();
        BusSubscriptionStatus status = subscription.status();
        assertThat(status.failed()).isEqualTo(3);
        assertThat(status.retried()).isEqualTo(2);
        assertThat(status.givenUp()).isEqualTo(1);
        assertThat(status.succeeded()).isZero();
        assertThat(status.retrying()).isZero();
    }

    @Test
    void anEventThatSucceedsAtItsSecondAttemptIsDone() {
        AtomicBoolean failed = new AtomicBoolean();
        BusSubscription subscription = bus.subscribe("orders", "mail", String.class, retrying, event -> {
            if (failed.compareAndSet(false, true)) {
                throw new IllegalStateException("once");
            }
        });
        bus.publish("orders", "event");
        awaitStatus(subscription, BusSubscriptionStatus::retrying, 1);
        timer.advance(Duration.ofSeconds(1));
        awaitStatus(subscription, BusSubscriptionStatus::succeeded, 1L);
        assertThat(subscription.status().givenUp()).isZero();
    }

    @Test
    void whatWaitsForARetryKeepsNobodyBehindIt() throws Exception {
        failing(retrying, new IllegalStateException());
        bus.publish("orders", "bad");
        bus.publish("orders", "good");
        awaitSeen("bad1");
        awaitSeen("good1");
    }

    @Test
    void whatWaitsForARetryCountsTowardsTheQueueSize() throws Exception {
        BusSubscription subscription =
                bus.subscribe("orders", "mail", String.class, retrying.withQueueSize(2), (event, delivery) -> {
                    if (event.startsWith("bad") && delivery.attempt() == 1) {
                        throw new IllegalStateException("once");
                    }
                });
        bus.publish("orders", "bad-a");
        bus.publish("orders", "bad-b");
        awaitStatus(subscription, BusSubscriptionStatus::retrying, 2);

        assertThat(bus.publish("orders", "good", Duration.ZERO)).isEqualTo(new PublishResult(0, 0, 1));
        Future<PublishResult> publishing = async(() -> bus.publish("orders", "good"));
        awaitStatus(subscription, BusSubscriptionStatus::waitingPublishers, 1);
        assertThat(publishing.isDone()).isFalse();
        timer.advance(Duration.ofSeconds(1));
        assertThat(get(publishing).isComplete()).isTrue();
    }

    @Test
    void aRetryThatIsDueWhileTheQueueIsFullIsNeitherLostNorInAnybodysWay() throws Exception {
        CountDownLatch gate = gate();
        BusSubscription subscription =
                bus.subscribe("orders", "mail", String.class, retrying.withQueueSize(2), (event, delivery) -> {
                    seen.add(event + delivery.attempt());
                    if (event.equals("bad") && delivery.attempt() == 1) {
                        throw new IllegalStateException();
                    }
                    if (event.equals("slow")) {
                        pass(gate);
                    }
                });
        bus.publish("orders", "bad");
        awaitStatus(subscription, BusSubscriptionStatus::retrying, 1);
        bus.publish("orders", "slow");
        awaitStatus(subscription, BusSubscriptionStatus::inHand, 1);
        bus.publish("orders", "waits");
        assertThat(bus.publish("orders", "full", Duration.ZERO).timedOut()).isEqualTo(1);
        timer.advance(Duration.ofSeconds(1)); // on this thread: it does not wait
        gate.countDown();
        awaitStatus(subscription, BusSubscriptionStatus::succeeded, 3L);
        assertThat(seen).containsExactlyInAnyOrder("bad1", "slow1", "waits1", "bad2");
    }

    @Test
    void anEventThatFailsWithoutEndAndWithoutDelayLeavesTheOthersTheirTurns() {
        BusSubscription subscription = failing(
                retrying.withMaxAttempts(0)
                        .withBackoff(SECONDS.withDelay(Duration.ZERO).withMaxDelay(Duration.ZERO)),
                new IllegalStateException());
        bus.publish("orders", "bad");
        for (int i = 0; i < 100; i++) {
            bus.publish("orders", "good");
        }
        awaitStatus(subscription, BusSubscriptionStatus::succeeded, 100L);
        assertThat(givenUp).isEmpty();
        assertThat(seen).contains("bad1", "bad2", "bad3");
    }

    @Test
    void aHandlerSaysWhenToTryAgain() throws Exception {
        BusSubscription subscription =
                failing(retrying, new IllegalStateException(new RetryAfterException(Duration.ofHours(1), null)));
        bus.publish("orders", "bad");
        awaitSeen("bad1");
        awaitStatus(subscription, BusSubscriptionStatus::retrying, 1);
        timer.advance(Duration.ofMinutes(59));
        assertThat(subscription.status().retrying()).isEqualTo(1);
        timer.advance(Duration.ofMinutes(1));
        awaitSeen("bad2");
    }

    @Test
    void whatRetryingCanNotCureIsGivenUpAtOnce() throws Exception {
        failing(
                retrying.withFatal(failure -> failure instanceof IllegalArgumentException),
                new IllegalArgumentException("broken"));
        bus.publish("orders", "bad");
        assertThat(givenUp.poll(10, TimeUnit.SECONDS).attempts()).isEqualTo(1);
    }

    @Test
    void aJudgementThatFailsMeansAnotherAttempt() {
        BusSubscription subscription = failing(
                retrying.withFatal(failure -> {
                    throw new IllegalStateException("can't judge");
                }),
                new IllegalArgumentException());
        try (RecordedLog log = RecordedLog.open()) {
            bus.publish("orders", "bad");
            awaitStatus(subscription, BusSubscriptionStatus::retrying, 1);
            assertThat(log.failures(Level.ERROR)).containsExactly("can't judge");
        }
    }

    @Test
    void anErrorOfOneEventDoesNotEndTheSubscription() throws Exception {
        failing(retrying.withMaxAttempts(1), new StackOverflowError());
        bus.publish("orders", "bad");
        bus.publish("orders", "good");
        awaitSeen("bad1!");
        awaitSeen("good1!");
        assertThat(givenUp.poll(10, TimeUnit.SECONDS).reason()).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void withoutAFailureHandlerWhatIsGivenUpIsAnErrorInTheLog() {
        try (RecordedLog log = RecordedLog.open()) {
            failing(options.withMaxAttempts(1), new IllegalStateException("the reason"));
            bus.publish("orders", "bad");
            await().atMost(LONG)
                    .untilAsserted(() -> assertThat(log.lines(Level.ERROR, "is given up"))
                            .containsExactly(
                                    "orders.mail: an event of class java.lang.String is given up after attempt 1"));
            assertThat(log.failures(Level.ERROR)).containsExactly("the reason");
        }
    }

    @Test
    void aFailureHandlerThatFailsIsLoggedAndTheNextEventComes() throws Exception {
        try (RecordedLog log = RecordedLog.open()) {
            failing(
                    options.withMaxAttempts(1).withFailureHandler(failure -> {
                        throw new IllegalStateException("me too");
                    }),
                    new IllegalStateException());
            bus.publish("orders", "bad");
            bus.publish("orders", "good");
            awaitSeen("bad1!");
            awaitSeen("good1!");
            assertThat(log.failures(Level.ERROR)).containsExactly("me too");
        }
    }

    @Test
    void anInterruptThatAHandlerLeavesIsGoneBeforeTheNextEvent() {
        List<Boolean> interrupted = new CopyOnWriteArrayList<>();
        BusSubscription subscription = bus.subscribe("orders", "mail", String.class, event -> {
            interrupted.add(Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
        });
        bus.publish("orders", "one");
        bus.publish("orders", "two");
        awaitStatus(subscription, BusSubscriptionStatus::succeeded, 2L);
        assertThat(interrupted).containsExactly(false, false);
    }
}
