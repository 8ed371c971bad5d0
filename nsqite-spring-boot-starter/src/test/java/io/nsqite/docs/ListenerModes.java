package io.nsqite.docs;

import io.nsqite.message.Delivery;
import io.nsqite.retry.RetryAfterException;
import io.nsqite.spring.AckMode;
import io.nsqite.spring.Backoff;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.StartFrom;
import java.time.Duration;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class ListenerModes {

    record Click(String page) {}

    record StockChange(String article, int pieces) {}

    private final Partner partner;
    private final JdbcClient jdbc;

    ListenerModes(Partner partner, JdbcClient jdbc) {
        this.partner = partner;
        this.jdbc = jdbc;
    }

    @NsqiteListener(topic = "orders", channel = "report", startFrom = StartFrom.EARLIEST)
    void report(OrderPlaced event) {
        jdbc.sql("INSERT INTO report (order_id) VALUES (?)").param(event.id()).update();
    }

    @NsqiteListener(topic = "orders", channel = "totals", transactional = true)
    void count(OrderPlaced event) {
        jdbc.sql("UPDATE totals SET orders = orders + 1").update();
    }

    @NsqiteListener(topic = "orders", channel = "export", ackMode = AckMode.MANUAL, concurrency = 20)
    void export(OrderPlaced event, Delivery delivery) {
        partner.send(event).whenComplete((sent, failure) -> {
            if (failure == null) {
                delivery.finish();
            } else {
                delivery.requeue(Duration.ofMinutes(1));
            }
        });
    }

    @NsqiteListener(topic = "clicks", channel = "statistics", transactional = true, batchSize = 500)
    void store(List<Click> clicks) {
        clicks.forEach(click -> jdbc.sql("INSERT INTO click (page) VALUES (?)")
                .param(click.page())
                .update());
    }

    @NsqiteListener(topic = "stock", channel = "shop", ordered = true, concurrency = 8)
    void change(StockChange change) {
        jdbc.sql("UPDATE article SET pieces = pieces + ? WHERE name = ?")
                .params(change.pieces(), change.article())
                .update();
    }

    @NsqiteListener(
            topic = "orders",
            channel = "invoice",
            maxAttempts = 8,
            backoff = @Backoff(delay = "2s", maxDelay = "10m"),
            noRetryFor = Partner.UnknownCustomerException.class)
    void invoice(OrderPlaced event) {
        try {
            partner.invoice(event);
        } catch (Partner.BusyException e) {
            throw new RetryAfterException(e.retryAfter(), e);
        }
    }
}
