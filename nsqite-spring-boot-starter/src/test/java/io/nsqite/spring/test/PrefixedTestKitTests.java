package io.nsqite.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.spring.test.TestShop.Order;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;

/** The test kit finds the queue under its prefix. */
@TestPropertySource(properties = "nsqite.schema.table-prefix=shop_queue_")
class PrefixedTestKitTests extends StoppedListenerTests {

    @Test
    void whatIsPublishedIsFoundInTheTablesWithThePrefix(
            @Autowired TestShop shop, @Autowired NsqiteTestKit queue, @Autowired JdbcTemplate jdbc) {
        shop.place(7);
        assertThat(queue.published("orders", Order.class)).containsExactly(new Order(7));
        assertThat(jdbc.queryForList("SELECT name FROM sqlite_master", String.class))
                .contains("shop_queue_message")
                .noneMatch(name -> name.startsWith("nsqite_"));
    }
}
