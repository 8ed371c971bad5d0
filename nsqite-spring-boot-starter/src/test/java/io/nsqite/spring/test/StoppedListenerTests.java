package io.nsqite.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import io.nsqite.spring.test.NsqiteTest.Listeners;
import io.nsqite.spring.test.TestShop.Order;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@Timeout(60)
@NsqiteTest(listeners = Listeners.STOPPED)
@SpringBootTest(
        classes = TestShop.class,
        properties = {"nsqite.listener.max-attempts=3", "nsqite.listener.backoff.delay=1m"})
class StoppedListenerTests {

    @Autowired
    private TestShop shop;

    @Autowired
    private NsqiteTestKit queue;

    @BeforeEach
    void forget() {
        shop.forget();
    }

    @Test
    void aPassHandlesWhatWaitsAndNothingElse() {
        assertThat(queue.runOnce("orders", "stock")).isZero();
        shop.place(1);
        shop.place(2);
        assertThat(shop.stocked()).isEmpty();
        assertThat(queue.runOnce("orders", "stock")).isEqualTo(2);
        assertThat(shop.stocked()).containsExactly(new Order(1), new Order(2));
        assertThat(shop.invoiced()).isEmpty();
        assertThat(queue.runOnce("invoices", "print")).isEqualTo(2);
        assertThat(shop.invoiced()).containsExactly("invoice 1", "invoice 2");
        assertThat(queue.runOnce("orders", "stock")).isZero();
    }

    @Test
    void whatFailsWaitsForAnotherPassUntilItIsADeadLetter() {
        shop.place(1);
        shop.close();
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(queue.runOnce("orders", "stock")).isEqualTo(1);
            assertThat(queue.runOnce("orders", "stock")).isZero();
            queue.clock().advance(Duration.ofMinutes(5));
        }
        assertThat(queue.runOnce("orders", "stock")).isZero();
        queue.awaitDrained();
    }

    @Test
    void whatFailedIsHandledWhenItIsDue() {
        shop.place(1);
        shop.close();
        assertThat(queue.runOnce("orders", "stock")).isEqualTo(1);
        shop.open();
        shop.place(2);
        assertThat(queue.runOnce("orders", "stock")).isEqualTo(1);
        assertThat(shop.stocked()).containsExactly(new Order(2));
        queue.clock().advance(Duration.ofMinutes(2));
        assertThat(queue.runOnce("orders", "stock")).isEqualTo(1);
        assertThat(shop.stocked()).containsExactly(new Order(2), new Order(1));
    }

    @Test
    void whatWaitsForAnEarlierMessageOfItsKeyIsNoPartOfThePass(@Autowired Producer producer) {
        shop.close();
        Stream.of("a1", "a2", "b1", "a3")
                .map(change -> NewMessage.to("changes", change).withKey(change.substring(0, 1)))
                .forEach(producer::publish);
        assertThat(queue.runOnce("changes", "books")).isEqualTo(2);
        assertThat(shop.changes()).containsExactly("b1");
        assertThat(queue.runOnce("changes", "books")).isZero();
        shop.open();
        queue.clock().advance(Duration.ofMinutes(2));
        assertThat(queue.runOnce("changes", "books")).isEqualTo(3);
        assertThat(shop.changes()).containsExactly("b1", "a1", "a2", "a3");
    }

    @Test
    void aDelayedMessageIsHandledWhenItsTimeHasCome(@Autowired Producer producer) {
        producer.publish(NewMessage.to("changes", "later").withDelay(Duration.ofHours(1)));
        assertThat(queue.runOnce("changes", "books")).isZero();
        queue.clock().advance(Duration.ofHours(1));
        assertThat(queue.runOnce("changes", "books")).isEqualTo(1);
        assertThat(shop.changes()).containsExactly("later");
    }
}
