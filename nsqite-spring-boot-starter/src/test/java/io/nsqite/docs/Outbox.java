package io.nsqite.docs;

import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ways from elsewhere to here; see docs/migrating.md. */
@Component
class Outbox {

    private final JdbcClient jdbc;
    private final Producer producer;

    Outbox(JdbcClient jdbc, Producer producer) {
        this.jdbc = jdbc;
        this.producer = producer;
    }

    record Row(long id, String topic, String json) {}

    @Transactional
    public boolean moveSome() {
        List<Row> rows = jdbc.sql("SELECT id, topic, json FROM outbox WHERE sent = 0 ORDER BY id LIMIT 1000")
                .query(Row.class)
                .list();
        producer.publishTx(rows.stream()
                .map(row ->
                        NewMessage.to(row.topic(), row.json())) // a String is stored as it is, and JSON is read from it
                .toList());
        jdbc.sql("DELETE FROM outbox WHERE id IN (:ids)")
                .param("ids", rows.stream().map(Row::id).toList())
                .update();
        return !rows.isEmpty();
    }

    @EventListener
    void store(OrderPlaced event) {
        producer.publishTx("orders", event);
    }
}
