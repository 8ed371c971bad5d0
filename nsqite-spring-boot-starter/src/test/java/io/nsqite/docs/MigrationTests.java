package io.nsqite.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nsqite.spring.test.NsqiteTest;
import io.nsqite.spring.test.NsqiteTestKit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

/** What the page about migrating shows works. */
@SpringBootTest(classes = ShopApplication.class)
@NsqiteTest
@Import(Outbox.class)
class MigrationTests {

    @Autowired
    Outbox outbox;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    ShopApplication.SentMails mails;

    @Autowired
    NsqiteTestKit queue;

    @BeforeEach
    void createOutbox() {
        jdbc.sql("CREATE TABLE outbox (id INTEGER PRIMARY KEY, topic TEXT, json TEXT, sent INTEGER)")
                .update();
    }

    @AfterEach
    void dropOutbox() {
        jdbc.sql("DROP TABLE outbox").update();
    }

    @Test
    void whatWaitsInAnOutboxIsMoved() {
        transactions.executeWithoutResult(
                status -> IntStream.range(0, 1200).forEach(number -> addToOutbox(number + "@example.com")));
        int steps = 0;
        while (outbox.moveSome()) {
            steps++;
        }
        queue.awaitDrained("orders", "mail");
        assertThat(steps).isEqualTo(2);
        assertThat(mails.recipients())
                .contains("0@example.com", "1199@example.com")
                .doesNotHaveDuplicates();
    }

    private void addToOutbox(String email) {
        jdbc.sql("INSERT INTO outbox (topic, json, sent) VALUES (?, ?, ?)")
                .params("orders", "{\"id\": \"7\", \"email\": \"%s\"}".formatted(email), 0)
                .update();
    }

    @Test
    void eventsOfSpringAreStoredWithTheTransaction() {
        OrderPlaced event = new OrderPlaced("42", "a@example.com");
        transactions.executeWithoutResult(status -> events.publishEvent(event));
        queue.awaitDrained("orders", "mail");
        assertThat(mails.recipients()).contains("a@example.com");
        assertThatExceptionOfType(IllegalTransactionStateException.class).isThrownBy(() -> events.publishEvent(event));
    }
}
