package io.nsqite.model;

import io.nsqite.message.Delivery;
import io.nsqite.message.Message;
import io.nsqite.pull.PullConsumer;
import io.nsqite.pull.PulledMessage;
import java.time.Duration;

/** A message that was received by hand, as handlers see theirs. */
record PulledDelivery(PullConsumer consumer, PulledMessage pulled) implements Delivery {

    @Override
    public Message message() {
        return pulled.message();
    }

    @Override
    public String channel() {
        return consumer.channel();
    }

    @Override
    public int attempt() {
        return pulled.attempt();
    }

    @Override
    public boolean lastAttempt() {
        return pulled.lastAttempt();
    }

    @Override
    public void finish() {
        consumer.finish(pulled.receipt());
    }

    @Override
    public void requeue() {
        consumer.requeue(pulled.receipt());
    }

    @Override
    public void requeue(Duration delay) {
        consumer.requeue(pulled.receipt(), delay);
    }

    @Override
    public void touch() {
        consumer.extend(pulled.receipt(), Kind.LEASE);
    }

    @Override
    public void reject(Throwable reason) {
        consumer.reject(pulled.receipt(), reason);
    }
}
