package io.nsqite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.Consumer.State;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import io.nsqite.spring.ListenerStatus;
import io.nsqite.spring.NsqiteListenerRegistry;
import io.nsqite.spring.test.NsqiteTest;
import io.nsqite.spring.test.NsqiteTestKit;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the README says of ways to listen. */
@Timeout(60)
@SpringBootTest
@NsqiteTest
class ListenerModesTests {

    @Autowired
    private OrderService orders;

    @Autowired
    private NsqiteTestKit queue;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void anOrderIsCountedExportedAndInvoicedThoughThePartnerIsBusyAtFirst(
            @Autowired ShopApplication.FickleServer partner) {
        partner.calls().clear(); // other tests share this application
        int counted = number("SELECT orders FROM totals");
        int reported = number("SELECT count(*) FROM report");
        orders.place(new Order("1", "a@example.com"));
        queue.awaitDrained("orders", "totals");
        assertThat(number("SELECT orders FROM totals")).isEqualTo(counted + 1);
        Awaitility.await().until(() -> partner.calls().size() == 2);
        Awaitility.await().until(() -> retrying("export") == 1 && retrying("invoice") == 1);
        queue.clock().advance(Duration.ofMinutes(1));
        queue.awaitDrained();
        assertThat(partner.calls()).containsExactlyInAnyOrder("send", "send", "invoice", "invoice");
        assertThat(number("SELECT count(*) FROM report")).isEqualTo(reported + 1);
    }

    private long retrying(String channel) {
        return admin.channels().stream()
                .filter(status -> status.name().equals(new ChannelName("orders", channel)))
                .findFirst()
                .orElseThrow()
                .retrying();
    }

    @Autowired
    private QueueAdmin admin;

    @Test
    void clicksAreStoredInBatchesAndStockIsChangedInOrder(@Autowired Producer producer) {
        producer.publish("clicks", new ListenerModes.Click("/"));
        producer.publish(
                NewMessage.to("stock", new ListenerModes.StockChange("pen", 3)).withKey("pen"));
        producer.publish(
                NewMessage.to("stock", new ListenerModes.StockChange("pen", -1)).withKey("pen"));
        queue.awaitDrained();
        assertThat(number("SELECT count(*) FROM click")).isEqualTo(1);
        assertThat(number("SELECT pieces FROM article WHERE name = 'pen'")).isEqualTo(2);
    }

    @Test
    void aTenantHasAListenerWhileItIsThere(
            @Autowired TenantListeners tenants,
            @Autowired NsqiteListenerRegistry registry,
            @Autowired ShopApplication.SentMails mails,
            @Autowired Producer producer) {
        tenants.tenantArrived("blue", mails);
        producer.publish("orders-blue", new OrderPlaced("7", "blue@example.com"));
        queue.awaitDrained("orders-blue");
        assertThat(mails.recipients()).contains("blue@example.com");
        assertThat(registry.status("blue").state()).isEqualTo(State.ACTIVE);
        ListenerStatus blue = tenants.tenantIsBeingMoved("blue");
        assertThat(blue.paused()).isTrue();
        assertThat(blue.state()).isEqualTo(State.STOPPED);
        Awaitility.await().until(tenants::isMailServedHere);
        tenants.tenantLeft("blue");
        assertThat(registry.listeners()).noneMatch(listener -> listener.id().equals("blue"));
    }

    private int number(String sql) {
        return jdbc.sql(sql).query(Integer.class).single();
    }
}
