package io.nsqite.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BusPublishingTests extends BusTest {

    record OrderPlaced(int id) {}

    record OrderPaid(int id) {}

    @Test
    void everyChannelOfATopicGetsEveryEvent() throws Exception {
        LinkedBlockingQueue<OrderPlaced> mails = new LinkedBlockingQueue<>();
        LinkedBlockingQueue<OrderPlaced> audit = new LinkedBlockingQueue<>();
        LinkedBlockingQueue<OrderPlaced> others = new LinkedBlockingQueue<>();
        bus.subscribe("orders", "mail", OrderPlaced.class, mails::add);
        bus.subscribe("orders", "audit", OrderPlaced.class, audit::add);
        bus.subscribe("returns", "mail", OrderPlaced.class, others::add);
        OrderPlaced event = new OrderPlaced(1);

        PublishResult result = bus.publish("orders", event);

        assertThat(result).isEqualTo(new PublishResult(2, 0, 0));
        assertThat(result.isComplete()).isTrue();
        assertThat(mails.poll(10, TimeUnit.SECONDS)).isSameAs(event);
        assertThat(audit.poll(10, TimeUnit.SECONDS)).isSameAs(event);
        assertThat(others).isEmpty();
    }

    @Test
    void publishingToATopicWithoutSubscribersIsReportedAndCounted() {
        bus.subscribe("orders", "mail", OrderPlaced.class, event -> {});

        PublishResult result = bus.publish("order", new OrderPlaced(1));

        assertThat(result.isUnheard()).isTrue();
        assertThat(result.isComplete()).isFalse();
        assertThat(bus.unheard()).isEqualTo(1);
        assertThat(bus.publish("orders", new OrderPlaced(2)).isUnheard()).isFalse();
        assertThat(bus.unheard()).isEqualTo(1);
    }

    @Test
    void aTopicWhoseLastSubscriberHasLeftHasNone() {
        BusSubscription subscription = bus.subscribe("orders", "mail", OrderPlaced.class, event -> {});
        subscription.close();

        assertThat(bus.publish("orders", new OrderPlaced(1)).isUnheard()).isTrue();
        assertThat(bus.subscriptions()).isEmpty();
    }

    @Test
    void anEventOfAnotherTypeThanASubscriberTakesIsRefusedBeforeAnybodyGetsIt() {
        BusSubscription all = bus.subscribe("orders", "all", Object.class, event -> {});
        bus.subscribe("orders", "mail", OrderPlaced.class, event -> {});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> bus.publish("orders", new OrderPaid(1)))
                .withMessageContaining("mail")
                .withMessageContaining("orders")
                .withMessageContaining(OrderPlaced.class.getName())
                .withMessageContaining(OrderPaid.class.getName());
        bus.stop(LONG);
        assertThat(all.status().succeeded()).isZero();
    }

    @Test
    void asManyHandlersAsTheConcurrencySaysRunSideBySide() {
        CountDownLatch allRun = new CountDownLatch(4);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        BusSubscription subscription =
                bus.subscribe("orders", "mail", OrderPlaced.class, options.withConcurrency(4), event -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    allRun.countDown();
                    pass(allRun);
                    running.decrementAndGet();
                });
        IntStream.range(0, 1000).forEach(id -> bus.publish("orders", new OrderPlaced(id)));

        pass(allRun);
        awaitStatus(subscription, BusSubscriptionStatus::succeeded, 1000L);
        assertThat(most).hasValue(4);
    }

    @Test
    void eventsThatComeTogetherWakeAsManyHandlersAsTheyNeed() {
        CyclicBarrier together = new CyclicBarrier(4);
        BusSubscription subscription =
                bus.subscribe("orders", "mail", OrderPlaced.class, options.withConcurrency(4), event -> {
                    together.await(10, TimeUnit.SECONDS);
                });
        for (long round = 1; round <= 50; round++) {
            for (int id = 0; id < 4; id++) {
                bus.publish("orders", new OrderPlaced(id));
            }
            awaitStatus(subscription, BusSubscriptionStatus::succeeded, 4 * round);
        }
    }

    @Test
    void withOneHandlerTheOrderIsThatOfPublishing() {
        Queue<Integer> seen = new ConcurrentLinkedQueue<>();
        bus.subscribe("orders", "mail", OrderPlaced.class, options.withQueueSize(7), event -> seen.add(event.id()));
        IntStream.range(0, 10_000).forEach(id -> bus.publish("orders", new OrderPlaced(id)));
        bus.stop(LONG);

        assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, 10_000).boxed().toList());
    }

    @Test
    void publishingAllocatesNothing() {
        bus.subscribe("orders", "mail", OrderPlaced.class, options.withQueueSize(100_000), event -> {});
        bus.subscribe("orders", "audit", OrderPlaced.class, options.withQueueSize(100_000), event -> {});
        OrderPlaced event = new OrderPlaced(1);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        publish(event, 10_000);

        long before = threads.getCurrentThreadAllocatedBytes();
        publish(event, 20_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        // now and then a thread that sleeps is woken, which allocates a little
        assertThat((double) allocated / 20_000).as("bytes an event").isLessThan(8);
    }

    private void publish(OrderPlaced event, int times) {
        for (int i = 0; i < times; i++) {
            bus.publish("orders", event);
        }
    }

    @Test
    void aChannelHasOneSubscriptionAtATime() {
        BusSubscription first = bus.subscribe("orders", "mail", OrderPlaced.class, event -> {});
        assertThatIllegalStateException()
                .isThrownBy(() -> bus.subscribe("orders", "mail", OrderPlaced.class, event -> {}))
                .withMessageContaining("orders.mail")
                .withMessageContaining("concurrency");
        first.close();
        first.close();
        BusSubscription second = bus.subscribe("orders", "mail", OrderPlaced.class, event -> {});
        assertThat(first.stop(Duration.ZERO)).isEmpty();
        bus.publish("orders", new OrderPlaced(1));
        awaitStatus(second, BusSubscriptionStatus::succeeded, 1L);
    }

    @Test
    void whatCanNotBeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bus.subscribe("no topic", "mail", String.class, event -> {}))
                .withMessageContaining("no topic");
        assertThatIllegalArgumentException().isThrownBy(() -> bus.subscribe("orders", "", String.class, event -> {}));
        assertThatIllegalArgumentException().isThrownBy(() -> bus.publish("no topic", "event"));
        assertThatNullPointerException().isThrownBy(() -> bus.publish("orders", null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bus.subscribe("orders", "mail", int.class, event -> {}))
                .withMessageContaining("int");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bus.publish("orders", "event", Duration.ofMillis(-1)))
                .withMessageContaining("timeout");
    }

    @Test
    void aBusHasNoThreadsBeforeItsFirstSubscriptionAndNoneAfterItsEnd() {
        assertThat(busThreads()).isEmpty();
        BusSubscription subscription =
                bus.subscribe("quiet", "mail", OrderPlaced.class, options.withConcurrency(2), event -> {});
        assertThat(busThreads()).containsExactlyInAnyOrder("nsqite-bus-quiet.mail-1", "nsqite-bus-quiet.mail-2");
        subscription.close();
        assertThat(busThreads()).isEmpty();
    }

    private static List<String> busThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.contains("quiet"))
                .toList();
    }
}
