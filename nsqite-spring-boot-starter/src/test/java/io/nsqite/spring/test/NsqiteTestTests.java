package io.nsqite.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nsqite.message.Message;
import io.nsqite.spring.test.TestShop.Order;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;
import org.springframework.transaction.annotation.Transactional;

@Timeout(60)
@NsqiteTest
@SpringBootTest(classes = TestShop.class, properties = "nsqite.listener.backoff.jitter=0")
class NsqiteTestTests {

    @Autowired
    private TestShop shop;

    @Autowired
    private NsqiteTestKit queue;

    @BeforeEach
    void forget() {
        shop.forget();
    }

    @Test
    void theDatabaseIsATemporaryFile(@Autowired Environment environment) {
        String url = environment.getRequiredProperty("spring.datasource.url");
        assertThat(url).startsWith("jdbc:sqlite:");
        assertThat(Path.of(url.substring("jdbc:sqlite:".length()))).exists();
    }

    @Test
    void whatListenersDoIsWaitedForAndWhatTheyPublishIsSeen() {
        shop.place(1);
        shop.place(2);
        queue.awaitDrained();
        assertThat(shop.stocked()).containsExactly(new Order(1), new Order(2));
        assertThat(shop.invoiced()).containsExactly("invoice 1", "invoice 2");
        assertThat(queue.published("orders", Order.class)).containsExactly(new Order(1), new Order(2));
        assertThat(queue.published("invoices", String.class)).containsExactly("invoice 1", "invoice 2");
        assertThat(queue.published("invoices")).extracting(Message::topic).containsOnly("invoices");
        assertThat(queue.published("nothing")).isEmpty();
    }

    @Test
    void aTopicAndAChannelAreWaitedForAlone() {
        shop.place(1);
        queue.awaitDrained("orders", "stock");
        assertThat(shop.stocked()).containsExactly(new Order(1));
        queue.awaitDrained("invoices");
        assertThat(shop.invoiced()).containsExactly("invoice 1");
    }

    @RepeatedTest(2)
    void eachTestBeginsWithAnEmptyQueue() {
        assertThat(queue.published("orders")).isEmpty();
        queue.awaitDrained();
        shop.close();
        shop.place(1);
        assertThatIllegalStateException()
                .isThrownBy(() -> queue.within(Duration.ofMillis(200)).awaitDrained())
                .withMessageContaining("orders.stock");
        assertThat(shop.stocked()).isEmpty();
    }

    @Test
    void retriesAreDueAtOnceWhenTheTimeIsMovedForward() {
        shop.close();
        shop.place(1);
        moveTimeUntil(() -> shop.refusals() >= 3);
        shop.open();
        moveTimeUntil(() -> !shop.stocked().isEmpty());
        queue.awaitDrained();
        assertThat(shop.stocked()).containsExactly(new Order(1));
    }

    /** Time is moved once a failure is recorded, which is not to be seen; so it is moved until that has happened. */
    private void moveTimeUntil(Callable<Boolean> condition) {
        Awaitility.await().until(() -> {
            queue.clock().advance(Duration.ofMinutes(5));
            return condition.call();
        });
    }

    @Test
    @Transactional
    void whatATestsTransactionHasPublishedIsSeenInsideAndNotDelivered() {
        shop.place(1);
        assertThat(queue.published("orders", Order.class)).containsExactly(new Order(1));
        assertThatIllegalStateException()
                .isThrownBy(queue::awaitDrained)
                .withMessageContaining("is open")
                .withMessageContaining("commit()");
        assertThatIllegalStateException()
                .isThrownBy(() -> queue.runOnce("orders", "stock"))
                .withMessageContaining("commit()");
    }

    @Test
    @Transactional
    void whatATestsTransactionHasPublishedIsDeliveredOnceItIsCommitted() {
        shop.place(1);
        queue.commit();
        queue.awaitDrained();
        assertThat(shop.stocked()).containsExactly(new Order(1));
        assertThat(queue.published("orders", Order.class)).containsExactly(new Order(1));
        assertThatIllegalStateException().isThrownBy(queue::commit);
    }

    @Test
    void aPayloadOfAnotherTypeIsToldWithItsMessage() {
        shop.place(1);
        assertThatIllegalStateException()
                .isThrownBy(() -> queue.published("orders", Integer.class))
                .withMessageContaining("can't be read as java.lang.Integer")
                .withMessageContaining("orders");
        queue.awaitDrained();
    }

    @Test
    void aPassByHandIsForListenersThatAreStopped() {
        assertThatIllegalStateException()
                .isThrownBy(() -> queue.runOnce("orders", "stock"))
                .withMessageContaining("listeners = STOPPED");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.runOnce("orders", "mail"))
                .withMessageContaining("no listener of orders.mail")
                .withMessageContaining("orders.stock");
    }

    @Nested
    class Inside {

        @Test
        void nestedClassesHaveTheKitToo() {
            assertThat(queue.published("orders")).isEmpty();
            shop.place(1);
            queue.awaitDrained();
            assertThat(queue.published("orders")).hasSize(1);
        }
    }
}
