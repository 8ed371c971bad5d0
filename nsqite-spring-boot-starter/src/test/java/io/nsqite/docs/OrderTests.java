package io.nsqite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.spring.test.NsqiteTest;
import io.nsqite.spring.test.NsqiteTestKit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.transaction.annotation.Transactional;

@SpringBootTest
@NsqiteTest
class OrderTests {

    @Autowired
    OrderService orders;

    @Autowired
    ShopApplication.SentMails mails;

    @Autowired
    NsqiteTestKit queue;

    @Test
    void aPlacedOrderIsMailed() {
        orders.place(new Order("42", "a@example.com"));
        queue.awaitDrained("orders", "mail");
        assertThat(mails.recipients()).contains("a@example.com");
    }

    @Test
    @Transactional
    void placingAnOrderPublishesIt() {
        orders.place(new Order("43", "b@example.com"));
        assertThat(queue.published("orders", OrderPlaced.class))
                .containsExactly(new OrderPlaced("43", "b@example.com"));
    }
}
