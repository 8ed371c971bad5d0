package io.nsqite.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.nsqite.RecordedLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BusOverflowTests extends BusTest {

    private static final int PUBLISHERS = 8;
    private static final int EVENTS = 2_000;

    /** An event of a publisher, numbered by it. */
    private record Numbered(int publisher, int number) {}

    private final BusOptions blocking = options.withQueueSize(2);
    private final BusOptions discarding = blocking.withWhenFull(OverflowPolicy.DISCARD);

    /** One in hand and two that wait: no room for a fourth. */
    private BusSubscription full(String channel, BusOptions chosen, CountDownLatch gate) {
        BusSubscription subscription = bus.subscribe("full", channel, String.class, chosen, event -> pass(gate));
        bus.publish("full", "in hand");
        awaitStatus(subscription, BusSubscriptionStatus::inHand, 1);
        bus.publish("full", "waits");
        bus.publish("full", "waits");
        assertThat(subscription.status().waiting()).isEqualTo(2);
        return subscription;
    }

    @Test
    void aFullQueueThatBlocksHasThePublisherWaitForRoom() throws Exception {
        CountDownLatch gate = gate();
        BusSubscription subscription = full("mail", blocking, gate);
        Future<PublishResult> publishing = async(() -> bus.publish("full", "too many"));
        awaitStatus(subscription, BusSubscriptionStatus::waitingPublishers, 1);
        assertThat(publishing.isDone()).isFalse();
        assertThat(subscription.status().waiting()).isEqualTo(2);

        gate.countDown();

        assertThat(get(publishing).isComplete()).isTrue();
        awaitStatus(subscription, BusSubscriptionStatus::succeeded, 4L);
        assertThat(subscription.status().waitingPublishers()).isZero();
    }

    @Test
    void aFullQueueThatDiscardsNeverHasThePublisherWait() {
        CountDownLatch gate = gate();
        BusSubscription subscription = full("mail", discarding, gate);

        PublishResult result = bus.publish("full", "too many");

        assertThat(result).isEqualTo(new PublishResult(0, 1, 0));
        assertThat(result.isComplete()).isFalse();
        assertThat(result.isUnheard()).isFalse();
        assertThat(subscription.status().discarded()).isEqualTo(1);
        gate.countDown();
        awaitStatus(subscription, BusSubscriptionStatus::succeeded, 3L);
    }

    @Test
    void publishingWithATimeoutWaitsThatLongForAll() {
        BusSubscription one = full("one", blocking, gate());
        bus.subscribe("full", "free", String.class, event -> {});

        long begin = System.nanoTime();
        PublishResult result = bus.publish("full", "too many", Duration.ofMillis(20));

        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(20_000_000);
        assertThat(result).isEqualTo(new PublishResult(1, 0, 1));
        assertThat(one.status().timedOut()).isEqualTo(1);
        assertThat(bus.publish("full", "too many", Duration.ZERO)).isEqualTo(new PublishResult(1, 0, 1));
    }

    @Test
    void publishingWithATimeoutGetsInAsSoonAsThereIsRoom() throws Exception {
        CountDownLatch gate = gate();
        BusSubscription subscription = full("mail", blocking, gate);
        Future<PublishResult> publishing = async(() -> bus.publish("full", "patient", LONG));
        awaitStatus(subscription, BusSubscriptionStatus::waitingPublishers, 1);
        gate.countDown();
        assertThat(get(publishing).isComplete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,64", "3,1", "5,16"})
    void nothingIsLostAndNothingComesTwiceWhileManyPublishersWaitForRoom(int concurrency, int queueSize)
            throws Exception {
        Handled handled = new Handled();
        BusOptions chosen = options.withConcurrency(concurrency).withQueueSize(queueSize);
        BusSubscription subscription = bus.subscribe("many", "mail", Numbered.class, chosen, handled::add);
        Handled other = new Handled();
        bus.subscribe("many", "audit", Numbered.class, chosen.withQueueSize(3), other::add);

        List<PublishResult> results = publishByMany();

        assertThat(results).allMatch(PublishResult::isComplete);
        assertThat(bus.stop(LONG)).isEmpty();
        handled.verifyAll();
        other.verifyAll();
        if (concurrency == 1) {
            handled.verifyOrder();
        }
        assertThat(subscription.status().succeeded()).isEqualTo((long) PUBLISHERS * EVENTS);
        assertThat(subscription.status().discarded()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,64", "5,16"})
    void whatIsDiscardedIsToldAndAllElseIsHandledOnceWhileManyPublish(int concurrency, int queueSize) throws Exception {
        Handled handled = new Handled();
        BusSubscription subscription = bus.subscribe(
                "many",
                "mail",
                Numbered.class,
                discarding.withConcurrency(concurrency).withQueueSize(queueSize),
                handled::add);

        List<PublishResult> results = publishByMany();

        assertThat(bus.stop(LONG)).isEmpty();
        long accepted = results.stream().mapToInt(PublishResult::accepted).sum();
        long discarded = results.stream().mapToInt(PublishResult::discarded).sum();
        assertThat(accepted + discarded).isEqualTo((long) PUBLISHERS * EVENTS);
        assertThat(handled.count.sum()).isEqualTo(accepted);
        handled.verifyNoneTwice();
        if (concurrency == 1) {
            handled.verifyOrder();
        }
        assertThat(subscription.status().discarded()).isEqualTo(discarded);
        assertThat(subscription.status().succeeded()).isEqualTo(accepted);
    }

    private List<PublishResult> publishByMany() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<List<PublishResult>>> publishers = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            int publisher = i;
            publishers.add(async(() -> {
                pass(start);
                List<PublishResult> results = new ArrayList<>();
                for (int number = 0; number < EVENTS; number++) {
                    results.add(bus.publish("many", new Numbered(publisher, number)));
                }
                return results;
            }));
        }
        start.countDown();
        List<PublishResult> all = new ArrayList<>();
        for (Future<List<PublishResult>> publisher : publishers) {
            all.addAll(get(publisher));
        }
        return all;
    }

    /** What a subscriber has seen. */
    private static final class Handled {

        private final LongAdder count = new LongAdder();
        private final AtomicIntegerArray times = new AtomicIntegerArray(PUBLISHERS * EVENTS);
        private final Map<Integer, Integer> last = new HashMap<>();
        private final AtomicReference<String> disorder = new AtomicReference<>();

        void add(Numbered event) {
            count.increment();
            times.incrementAndGet(event.publisher * EVENTS + event.number);
            synchronized (last) {
                Integer before = last.put(event.publisher, event.number);
                if (before != null && before >= event.number) {
                    disorder.compareAndSet(null, event + " after " + before);
                }
            }
        }

        void verifyAll() {
            for (int i = 0; i < times.length(); i++) {
                assertThat(times.get(i)).isEqualTo(1);
            }
        }

        void verifyNoneTwice() {
            for (int i = 0; i < times.length(); i++) {
                assertThat(times.get(i)).isLessThanOrEqualTo(1);
            }
        }

        void verifyOrder() {
            assertThat(disorder).hasValue(null);
        }
    }

    @Test
    void aSlowSubscriberThatDiscardsNeverKeepsOthersFromAnything() {
        full("slow", discarding, gate());
        BusSubscription fast = bus.subscribe("full", "fast", String.class, event -> {});
        for (int i = 0; i < 1000; i++) {
            assertThat(bus.publish("full", "event").accepted()).isEqualTo(1);
        }
        awaitStatus(fast, BusSubscriptionStatus::succeeded, 1000L);
    }

    @Test
    void whileAPublisherWaitsForOneSubscriberTheOthersHaveTheEventAlready() throws Exception {
        CountDownLatch gate = gate();
        BusSubscription slow = full("slow", blocking, gate);
        LinkedBlockingQueue<String> fast = new LinkedBlockingQueue<>();
        bus.subscribe("full", "fast", String.class, fast::add);
        Future<PublishResult> publishing = async(() -> bus.publish("full", "event"));
        awaitStatus(slow, BusSubscriptionStatus::waitingPublishers, 1);
        assertThat(fast.poll(10, TimeUnit.SECONDS)).isEqualTo("event");
        gate.countDown();
        assertThat(get(publishing)).isEqualTo(new PublishResult(2, 0, 0));
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() throws Exception {
        BusSubscription subscription = full("mail", blocking, gate());
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        AtomicReference<RuntimeException> thrown = new AtomicReference<>();
        Thread publisher = new Thread(() -> {
            try {
                bus.publish("full", "too many");
            } catch (PublishInterruptedException e) {
                thrown.set(e);
                interrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        publisher.start();
        awaitStatus(subscription, BusSubscriptionStatus::waitingPublishers, 1);
        publisher.interrupt();
        publisher.join(LONG.toMillis());

        assertThat(interrupted).hasValue(true);
        assertThat(thrown.get()).hasMessageContaining("mail").hasMessageContaining("full");
        assertThat(((PublishInterruptedException) thrown.get()).topic()).isEqualTo("full");
        assertThat(((PublishInterruptedException) thrown.get()).channel()).isEqualTo("mail");
        awaitStatus(subscription, BusSubscriptionStatus::waitingPublishers, 0);
    }

    @Test
    void anInterruptedThreadPublishesWhereThereIsRoom() {
        BusSubscription subscription = bus.subscribe("orders", "mail", String.class, event -> {});
        Thread.currentThread().interrupt();
        try {
            assertThat(bus.publish("orders", "event").isComplete()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        awaitStatus(subscription, BusSubscriptionStatus::succeeded, 1L);
    }

    @Test
    void aHandlerThatWouldWaitForItselfIsToldSo() {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicReference<PublishResult> withTimeout = new AtomicReference<>();
        CountDownLatch ready = gate();
        BusOptions once =
                blocking.withMaxAttempts(1).withFailureHandler(given -> failure.compareAndSet(null, given.reason()));
        bus.subscribe("loop", "self", String.class, once, event -> {
            if (event.equals("first")) {
                pass(ready);
                withTimeout.set(bus.publish("loop", "more", Duration.ofMillis(1)));
                bus.publish("loop", "more");
            }
        });
        bus.publish("loop", "first");
        await().until(() -> status("loop", "self").inHand() == 1);
        bus.publish("loop", "waits");
        bus.publish("loop", "waits");
        ready.countDown();

        await().atMost(LONG).until(() -> failure.get() != null);
        assertThat(failure.get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("loop.self")
                .hasMessageContaining("timeout");
        assertThat(withTimeout).hasValue(new PublishResult(0, 0, 1));
    }

    @Test
    void aHandlerPublishesToItsOwnChannelAsLongAsThereIsRoom() {
        BusSubscription subscription = bus.subscribe("loop", "self", Integer.class, blocking, event -> {
            if (event > 0) {
                bus.publish("loop", event - 1);
            }
        });
        bus.publish("loop", 100);
        awaitStatus(subscription, BusSubscriptionStatus::succeeded, 101L);
    }

    @Test
    void aLongWaitIsWarnedOfOnceInAWhileWithNumbers() throws Exception {
        try (RecordedLog log = RecordedLog.open()) {
            CountDownLatch gate = gate();
            BusSubscription subscription = full("mail", blocking.withWaitWarning(Duration.ofMillis(1)), gate);
            Future<PublishResult> one = async(() -> bus.publish("full", "too many"));
            Future<PublishResult> two = async(() -> bus.publish("full", "too many"));
            awaitStatus(subscription, BusSubscriptionStatus::waitingPublishers, 2);
            await().atMost(LONG)
                    .until(() -> !log.lines(Level.WARN, "publishing has been waiting")
                            .isEmpty());
            gate.countDown();
            get(one);
            get(two);

            assertThat(log.lines(Level.WARN, "publishing has been waiting"))
                    .singleElement()
                    .asString()
                    .startsWith("full.mail: ")
                    .matches(".* for \\d+ ms: 2 of 2 events wait, 0 of them for a retry, and [12] publishers.*");
        }
    }

    @Test
    void aShortWaitIsNotWarnedOf() throws Exception {
        try (RecordedLog log = RecordedLog.open()) {
            CountDownLatch gate = gate();
            BusSubscription subscription = full("mail", blocking.withWaitWarning(Duration.ofDays(365_000)), gate);
            Future<PublishResult> publishing = async(() -> bus.publish("full", "too many"));
            awaitStatus(subscription, BusSubscriptionStatus::waitingPublishers, 1);
            gate.countDown();
            get(publishing);
            assertThat(log.lines(Level.WARN, "publishing")).isEmpty();
        }
    }

    @Test
    void publishersThatGiveUpLeaveTheRoomToThoseWhoWait() throws Exception {
        CountDownLatch gate = gate();
        BusSubscription subscription = full("mail", blocking, gate);
        List<Future<PublishResult>> patient = new ArrayList<>();
        List<Future<PublishResult>> hasty = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            int millis = i;
            hasty.add(async(() -> bus.publish("full", "hasty", Duration.ofMillis(5 + millis))));
            patient.add(async(() -> bus.publish("full", "patient")));
        }
        for (Future<PublishResult> publishing : hasty) {
            assertThat(get(publishing).timedOut()).isEqualTo(1);
        }
        gate.countDown();
        for (Future<PublishResult> publishing : patient) {
            assertThat(get(publishing).isComplete()).isTrue();
        }
        awaitStatus(subscription, BusSubscriptionStatus::succeeded, 3L + PUBLISHERS);
    }

    @Test
    void exceptionsSayWhoIsMeant() {
        full("mail", blocking, gate());
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(PublishInterruptedException.class)
                .isThrownBy(() -> bus.publish("full", "too many"))
                .withMessageContaining("mail");
        assertThat(Thread.interrupted()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> bus.subscribe("full", "mail", String.class, event -> {}));
    }
}
