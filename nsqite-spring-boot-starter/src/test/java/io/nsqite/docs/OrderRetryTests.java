package io.nsqite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.spring.test.NsqiteTest;
import io.nsqite.spring.test.NsqiteTest.Listeners;
import io.nsqite.spring.test.NsqiteTestKit;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** The README's test that drives the time. */
@Timeout(60)
@SpringBootTest(properties = "nsqite.listener.backoff.delay=1m")
@NsqiteTest(listeners = Listeners.STOPPED)
class OrderRetryTests {

    @Autowired
    OrderService orders;

    @Autowired
    ShopApplication.SentMails mails;

    @Autowired
    NsqiteTestKit queue;

    @Test
    void aMailThatFailedIsSentLater() {
        mails.failNext();
        orders.place(new Order("44", "c@example.com"));
        assertThat(queue.runOnce("orders", "mail")).isEqualTo(1); // fails
        assertThat(queue.runOnce("orders", "mail")).isZero(); // is not due yet
        queue.clock().advance(Duration.ofMinutes(5));
        assertThat(queue.runOnce("orders", "mail")).isEqualTo(1);
        assertThat(mails.recipients()).containsExactly("c@example.com");
    }
}
