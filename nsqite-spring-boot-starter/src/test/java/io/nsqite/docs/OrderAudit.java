package io.nsqite.docs;

import io.nsqite.message.Delivery;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.PayloadHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

@Component
@NsqiteListener(topic = "orders", channel = "audit")
class OrderAudit implements PayloadHandler<OrderPlaced> {

    private static final Logger log = LoggerFactory.getLogger(OrderAudit.class);

    @Override
    public void handle(OrderPlaced event, Delivery delivery) {
        log.info("Order {} placed, attempt {}", event.id(), delivery.attempt());
    }
}
