package io.nsqite.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.nsqite.RecordedLog;
import io.nsqite.retry.ExponentialBackoff;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BusStopTests extends BusTest {

    private final BlockingQueue<BusFailure> givenUp = new LinkedBlockingQueue<>();
    private final BusOptions keeping = options.withFailureHandler(givenUp::add);

    @Test
    void stoppingHasWhatWasAcceptedHandled() throws Exception {
        CountDownLatch gate = gate();
        BusSubscription subscription = bus.subscribe("orders", "mail", String.class, event -> pass(gate));
        for (int i = 0; i < 100; i++) {
            bus.publish("orders", "event");
        }
        Future<List<BusLeftover>> stopping = async(() -> bus.stop(LONG));
        await().atMost(LONG).until(() -> isClosed());
        assertThat(stopping.isDone()).isFalse();
        gate.countDown();
        assertThat(get(stopping)).isEmpty();
        assertThat(subscription.status().succeeded()).isEqualTo(100);
    }

    private boolean isClosed() {
        try {
            return bus.publish("nobody", "event") == null;
        } catch (IllegalStateException closed) {
            return true;
        }
    }

    @Test
    void aSecondStopLeavesTheTimerToTheFirst() throws Exception {
        CountDownLatch gate = gate();
        bus.subscribe("orders", "mail", String.class, event -> pass(gate));
        bus.publish("orders", "event");
        Future<List<BusLeftover>> stopping = async(() -> bus.stop(LONG));
        await().atMost(LONG).until(() -> isClosed());
        assertThat(bus.stop(Duration.ZERO)).isEmpty();
        assertThat(timer.isClosed()).as("leases still need it").isFalse();
        gate.countDown();
        assertThat(get(stopping)).isEmpty();
        assertThat(timer.isClosed()).isTrue();
    }

    @Test
    void whatWaitsForARetryIsForgottenByTheTimerWhenItsSubscriptionEnds() {
        BusSubscription subscription = bus.subscribe("orders", "mail", String.class, keeping, event -> {
            throw new IllegalStateException(event);
        });
        bus.publish("orders", "event");
        awaitStatus(subscription, BusSubscriptionStatus::retrying, 1);
        assertThat(timer.waiting()).isEqualTo(1);
        assertThat(subscription.stop(LONG)).isEmpty();
        assertThat(timer.waiting()).isZero();
        assertThat(subscription.status().failed())
                .as("tried once more at the end")
                .isEqualTo(2);
    }

    @Test
    void stoppingSaysWhatIsLeftWhenItsTimeIsOver() {
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch never = gate();
        BusSubscription stuck = bus.subscribe("orders", "mail", String.class, keeping.withConcurrency(2), event -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        });
        bus.subscribe("orders", "audit", String.class, event -> {});
        for (int i = 0; i < 5; i++) {
            bus.publish("orders", "event");
        }
        awaitStatus(stuck, BusSubscriptionStatus::inHand, 2);
        try (RecordedLog log = RecordedLog.open()) {
            assertThat(bus.stop(Duration.ofMillis(20))).containsExactly(new BusLeftover("orders", "mail", 3, 2));
            assertThat(log.lines(Level.WARN, "the time to stop is over"))
                    .singleElement()
                    .asString()
                    .startsWith("orders.mail: ")
                    .contains("3 events that waited and 2 in hand are lost");
        }
        await().atMost(LONG).untilTrue(interrupted);
        await().atMost(LONG).until(() -> threadsOf("orders.mail") == 0);
        assertThat(stuck.status().succeeded()).isLessThanOrEqualTo(2);
    }

    private static long threadsOf(String place) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().startsWith("nsqite-bus-" + place))
                .count();
    }

    @Test
    void aStoppedBusRefusesEventsAndSubscriptions() {
        bus.subscribe("orders", "mail", String.class, event -> {});
        bus.close();
        bus.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> bus.publish("orders", "event"))
                .withMessageContaining("closed")
                .withMessageContaining("orders");
        assertThatIllegalStateException().isThrownBy(() -> bus.publish("orders", "event", Duration.ofSeconds(1)));
        assertThatIllegalStateException()
                .isThrownBy(() -> bus.subscribe("orders", "audit", String.class, event -> {}))
                .withMessageContaining("orders.audit");
        assertThat(bus.subscriptions()).isEmpty();
    }

    @Test
    void aPublisherThatWaitsForRoomIsToldThatTheBusIsStopped() throws Exception {
        CountDownLatch gate = gate();
        BusSubscription subscription =
                bus.subscribe("orders", "mail", String.class, options.withQueueSize(1), event -> pass(gate));
        bus.subscribe("orders", "free", String.class, event -> {});
        bus.publish("orders", "in hand");
        awaitStatus(subscription, BusSubscriptionStatus::inHand, 1);
        bus.publish("orders", "waits");
        Future<PublishResult> publishing = async(() -> bus.publish("orders", "too many"));
        awaitStatus(subscription, BusSubscriptionStatus::waitingPublishers, 1);
        Future<List<BusLeftover>> stopping = async(() -> bus.stop(LONG));
        AtomicReference<Throwable> failure = new AtomicReference<>();
        try {
            get(publishing);
        } catch (ExecutionException e) {
            failure.set(e.getCause());
        }
        assertThat(failure.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        gate.countDown();
        assertThat(get(stopping)).isEmpty();
        assertThat(subscription.status().succeeded()).isEqualTo(2);
    }

    @Test
    void severalThatEndTogetherHaveOneLimitAndOnlyThoseThatHangAreLeft() {
        BusSubscription stuck = bus.subscribe("orders", "mail", String.class, event -> pass(gate()));
        BusSubscription idle = bus.subscribe("stock", "mail", String.class, event -> {});
        bus.publish("orders", "a");
        awaitStatus(stuck, BusSubscriptionStatus::inHand, 1);

        stuck.end();
        idle.end();
        assertThat(bus.publish("stock", "b").isUnheard()).isTrue();
        assertThat(stuck.stop(Duration.ZERO)).contains(new BusLeftover("orders", "mail", 0, 1));
        assertThat(idle.stop(Duration.ZERO)).isEmpty();
        assertThat(stuck.stop(LONG)).as("said once").isEmpty();
    }

    @Test
    void whatWaitsForARetryIsTriedOnceMoreAtTheEnd() {
        AtomicBoolean well = new AtomicBoolean();
        BusSubscription subscription = bus.subscribe("orders", "mail", String.class, keeping, event -> {
            if (!well.get() || event.equals("bad")) {
                throw new IllegalStateException(event);
            }
        });
        bus.publish("orders", "good");
        bus.publish("orders", "bad");
        awaitStatus(subscription, BusSubscriptionStatus::retrying, 2);
        well.set(true);

        assertThat(bus.stop(LONG)).isEmpty();

        assertThat(subscription.status().succeeded()).isEqualTo(1);
        assertThat(givenUp).singleElement().satisfies(failure -> {
            assertThat(failure.event()).isEqualTo("bad");
            assertThat(failure.attempts()).isEqualTo(2);
        });
    }

    @Test
    void stoppingWaitsForDeliveriesThatAreStillOpen() throws Exception {
        BlockingQueue<BusDelivery<String>> open = new LinkedBlockingQueue<>();
        BusOptions manual = keeping.withAckMode(BusAckMode.MANUAL).withConcurrency(2);
        BusSubscription subscription =
                bus.subscribe("orders", "mail", String.class, manual, (event, delivery) -> open.add(delivery));
        for (int i = 0; i < 3; i++) {
            bus.publish("orders", "event" + i);
        }
        BusDelivery<String> first = open.poll(10, TimeUnit.SECONDS);
        BusDelivery<String> second = open.poll(10, TimeUnit.SECONDS);
        Future<List<BusLeftover>> stopping = async(() -> bus.stop(LONG));
        await().atMost(LONG).until(() -> isClosed());
        first.finish();
        BusDelivery<String> third = open.poll(10, TimeUnit.SECONDS);
        third.requeue();
        assertThat(stopping.isDone()).isFalse();
        second.finish();
        assertThat(get(stopping)).isEmpty();
        assertThat(subscription.status().succeeded()).isEqualTo(2);
        assertThat(givenUp)
                .singleElement()
                .satisfies(failure -> assertThat(failure.event()).isEqualTo(third.event()));
    }

    @Test
    void deliveriesThatStayOpenAreLeftAndTheirThreadsEnd() throws Exception {
        CountDownLatch handed = new CountDownLatch(2);
        BusOptions manual = keeping.withAckMode(BusAckMode.MANUAL).withConcurrency(2);
        bus.subscribe("orders", "open", String.class, manual, (event, delivery) -> handed.countDown());
        for (int i = 0; i < 3; i++) {
            bus.publish("orders", "event");
        }
        pass(handed);
        assertThat(bus.stop(Duration.ofMillis(10))).containsExactly(new BusLeftover("orders", "open", 1, 2));
        await().atMost(LONG).until(() -> threadsOf("orders.open") == 0);
    }

    @Test
    void aHandlerMayEndItsOwnSubscriptionAndTheBus() {
        CountDownLatch ended = new CountDownLatch(2);
        AtomicReference<BusSubscription> own = new AtomicReference<>();
        own.set(bus.subscribe("orders", "mail", String.class, event -> {
            own.get().close();
            ended.countDown();
        }));
        bus.subscribe("orders", "audit", String.class, event -> {
            bus.close();
            ended.countDown();
        });
        bus.publish("orders", "event");
        pass(ended);
        await().atMost(LONG).until(() -> threadsOf("orders") == 0);
    }

    private final BusOptions narrow = keeping.withQueueSize(5)
            .withConcurrency(2)
            .withMaxAttempts(3)
            .withBackoff(ExponentialBackoff.defaults().withDelay(Duration.ZERO).withMaxDelay(Duration.ZERO));

    private static void failSometimes(int event) {
        if (event % 7 == 0) {
            throw new IllegalStateException("always");
        }
    }

    @RepeatedTest(15)
    void whatIsAcceptedWhileTheBusStopsIsHandledOnceAndAllElseIsRefused() throws Exception {
        BusSubscription subscription =
                bus.subscribe("many", "mail", Integer.class, narrow, BusStopTests::failSometimes);
        CountDownLatch underway = new CountDownLatch(4 * 50);
        List<Future<Integer>> publishers = publishers(Integer.MAX_VALUE, underway);
        pass(underway);
        assertThat(bus.stop(LONG)).isEmpty();

        assertThat(ended(subscription)).isEqualTo(sum(publishers));
        assertThat(subscription.status().givenUp()).isPositive().isEqualTo(givenUp.size());
    }

    @RepeatedTest(10)
    void whatIsAcceptedWhileASubscriptionEndsIsHandledOnceAndTheOthersGetAll() throws Exception {
        BusSubscription staying = bus.subscribe("many", "staying", Integer.class, narrow, BusStopTests::failSometimes);
        BusSubscription leaving = bus.subscribe("many", "leaving", Integer.class, narrow, event -> {});
        CountDownLatch underway = new CountDownLatch(4 * 50);
        List<Future<Integer>> publishers = publishers(300, underway);
        pass(underway);
        assertThat(leaving.stop(LONG)).isEmpty();
        long accepted = sum(publishers);
        assertThat(bus.stop(LONG)).isEmpty();

        assertThat(ended(staying)).isEqualTo(4 * 300);
        assertThat(ended(staying) + ended(leaving)).isEqualTo(accepted);
    }

    private List<Future<Integer>> publishers(int events, CountDownLatch underway) {
        return List.of(
                async(() -> publish(events, underway)),
                async(() -> publish(events, underway)),
                async(() -> publish(events, underway)),
                async(() -> publish(events, underway)));
    }

    private static long sum(List<Future<Integer>> publishers) throws Exception {
        long accepted = 0;
        for (Future<Integer> publisher : publishers) {
            accepted += get(publisher);
        }
        return accepted;
    }

    private static long ended(BusSubscription subscription) {
        BusSubscriptionStatus status = subscription.status();
        assertThat(status.waiting() + status.retrying() + status.inHand()).isZero();
        return status.succeeded() + status.givenUp();
    }

    /** How many times an event was accepted, until all are published or one is refused. */
    private int publish(int events, CountDownLatch underway) {
        int accepted = 0;
        try {
            for (int event = 0; event < events; event++) {
                accepted += bus.publish("many", event).accepted();
                underway.countDown();
            }
        } catch (IllegalStateException closed) {
            return accepted;
        }
        return accepted;
    }
}
