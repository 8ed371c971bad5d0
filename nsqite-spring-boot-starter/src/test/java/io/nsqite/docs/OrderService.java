package io.nsqite.docs;

import io.nsqite.producer.Producer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class OrderService {

    private final JdbcClient jdbc;
    private final Producer producer;

    OrderService(JdbcClient jdbc, Producer producer) {
        this.jdbc = jdbc;
        this.producer = producer;
    }

    @Transactional
    public void place(Order order) {
        jdbc.sql("INSERT INTO orders (id, email) VALUES (?, ?)")
                .params(order.id(), order.email())
                .update();
        producer.publishTx("orders", new OrderPlaced(order.id(), order.email()));
    }
}
