package io.nsqite.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.Consumer.State;
import io.nsqite.message.Delivery;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.NsqiteListenerRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.transaction.annotation.Transactional;

/** What one test leaves behind does not reach the next. */
@Timeout(60)
@NsqiteTest
@SpringBootTest(
        classes = {TestShop.class, EmptyQueueTests.Door.class},
        properties = "nsqite.listener.backoff.delay=1ms")
class EmptyQueueTests {

    private static final ChannelName DOOR = new ChannelName("visitors", "door");

    @Autowired
    private Producer producer;

    @Autowired
    private QueueAdmin admin;

    @Autowired
    private NsqiteListenerRegistry registry;

    @Autowired
    private NsqiteTestKit queue;

    @Autowired
    private Door door;

    @Autowired
    private TestShop shop;

    @BeforeEach
    void forget() {
        shop.forget();
        door.open();
    }

    private void publishAndAwait(NewMessage message) {
        producer.publish(message);
        queue.awaitDrained();
        assertThat(queue.published("changes")).hasSize(1);
        assertThat(shop.changes()).containsExactly("change");
    }

    @RepeatedTest(2)
    void aDeduplicationKeyIsFreeAgain() {
        publishAndAwait(NewMessage.to("changes", "change").withDeduplicationKey("once"));
    }

    @RepeatedTest(2)
    void aChannelThatATestHasPausedGoesOn() {
        publishAndAwait(NewMessage.to("changes", "change"));
        admin.pause(new ChannelName("changes", "books"));
    }

    @RepeatedTest(2)
    void aListenerThatATestHasPausedGoesOn() {
        publishAndAwait(NewMessage.to("changes", "change"));
        registry.pause("changes.books");
        producer.publish("changes", "waits for ever");
    }

    @Test
    void nothingIsLeftInAnyState() {
        shop.close();
        producer.publish(NewMessage.to("changes", "a1").withKey("a"));
        producer.publish(NewMessage.to("changes", "held").withKey("a"));
        producer.publish(NewMessage.to("changes", "late").withDelay(Duration.ofHours(1)));
        admin.pause(DOOR);
        producer.publish("visitors", "waits");
        queue.reset();
        assertThat(admin.channels())
                .hasSize(4)
                .allSatisfy(channel ->
                        assertThat(channel.isDrained()).as("%s", channel).isTrue());
        assertThat(admin.channels()).noneMatch(ChannelStatus::paused);
        assertThat(admin.topics())
                .allSatisfy(
                        topic -> assertThat(topic.messages()).as("%s", topic).isZero());
        assertThat(queue.published("changes")).isEmpty();
    }

    @Test
    void whatIsInHandIsAwaitedAndWhatItPublishesGoesToo() throws Exception {
        door.close();
        producer.publish("visitors", "slow");
        door.awaitVisitor();
        CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(door::open);
        queue.reset();
        assertThat(door.hasLet()).isTrue();
        assertThat(queue.published("changes")).isEmpty();
        assertThat(admin.topics()).allMatch(topic -> topic.messages() == 0);
        queue.awaitDrained();
        assertThat(shop.changes()).isEmpty();
    }

    @Test
    void aHandlerThatHangsIsNamedAndTheQueueEmptyAllTheSame() throws Exception {
        door.refuseFirst();
        door.close();
        producer.publish("visitors", "stays");
        door.awaitVisitor();
        assertThatIllegalStateException()
                .isThrownBy(() -> queue.within(Duration.ofMillis(200)).reset())
                .withMessageContaining("visitors.door")
                .withMessageContaining("PT0.2S")
                .withMessageNotContaining("changes.books");
        Awaitility.await().until(() -> registry.status("visitors.door").state() == State.ACTIVE);
        queue.reset();
        queue.awaitDrained();
        door.open();
        producer.publish("visitors", "next");
        queue.awaitDrained();
        assertThat(queue.published("changes", String.class)).containsExactly("next went through");
    }

    @Test
    void aListenerThatATestHasStoppedStaysSo() {
        registry.stop("changes.books");
        queue.reset();
        assertThat(registry.status("changes.books").state()).isEqualTo(State.STOPPED);
        registry.start("changes.books");
        publishAndAwait(NewMessage.to("changes", "change"));
    }

    @Test
    @Transactional
    void insideATransactionItIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(queue::reset)
                .withMessageContaining("is open")
                .withMessageContaining("emptied");
    }

    /** Lets visitors through while it is open. */
    static class Door {

        private final Producer producer;
        private final AtomicBoolean refusing = new AtomicBoolean();
        private volatile CountDownLatch opened = new CountDownLatch(0);
        private volatile CountDownLatch visited = new CountDownLatch(0);
        private volatile boolean hasLet;

        Door(Producer producer) {
            this.producer = producer;
        }

        @NsqiteListener(topic = "visitors", channel = "door")
        void visit(String name, Delivery delivery) throws InterruptedException {
            if (delivery.attempt() == 1 && refusing.get()) {
                throw new IllegalStateException("come again");
            }
            visited.countDown();
            opened.await();
            producer.publish("changes", name + " went through");
            hasLet = true;
        }

        void close() {
            hasLet = false;
            visited = new CountDownLatch(1);
            opened = new CountDownLatch(1);
        }

        void refuseFirst() {
            refusing.set(true);
        }

        void open() {
            refusing.set(false);
            opened.countDown();
        }

        void awaitVisitor() throws InterruptedException {
            assertThat(visited.await(10, TimeUnit.SECONDS)).isTrue();
        }

        boolean hasLet() {
            return hasLet;
        }
    }
}
