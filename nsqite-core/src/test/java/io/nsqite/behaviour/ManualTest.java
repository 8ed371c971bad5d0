package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.AckMode;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.message.Delivery;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A channel whose deliveries the test answers, up to eight, on a thread of its own and after the handler has returned. */
abstract class ManualTest extends BehaviourTest {

    static final Duration LEASE = Duration.ofSeconds(10);
    static final ConsumerOptions MANUAL =
            OPTIONS.withAckMode(AckMode.MANUAL).withAckLease(LEASE).withConcurrency(8);

    final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    Consumer consumer;

    void consume() {
        consumer = consume(MANUAL, deliveries::add);
    }

    Delivery next() {
        await(() -> !deliveries.isEmpty());
        return deliveries.remove();
    }

    Delivery deliver(String text) {
        publish(text);
        Delivery delivery = next();
        assertThat(text(delivery)).isEqualTo(text);
        return delivery;
    }

    /** What would have come by now has come. */
    void assertNothingCame() {
        deliver("something else").finish();
        assertThat(deliveries).isEmpty();
    }

    static void reject(Delivery delivery) {
        delivery.reject(new IllegalStateException("unknown customer"));
    }
}
