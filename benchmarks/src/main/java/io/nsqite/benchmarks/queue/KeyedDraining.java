package io.nsqite.benchmarks.queue;

import io.nsqite.benchmarks.harness.Arrivals;
import io.nsqite.benchmarks.harness.Meter;
import io.nsqite.benchmarks.harness.Payload;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.benchmarks.harness.WrongCountException;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.KeyOrder;
import io.nsqite.message.Delivery;
import io.nsqite.message.NewMessage;
import io.nsqite.retry.ExponentialBackoff;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Handles messages with many keys that wait, five at a time, of which one in a hundred fails the first time and is tried again after 10 ms.
 * If the channel is ordered, the order is checked.
 *
 * @param order whether it is
 * @param messages how many wait
 * @param payload the size of a message's payload in bytes
 */
public record KeyedDraining(KeyOrder order, int messages, int payload) implements Trial {

    private static final int KEYS = 10_000;
    private static final int ONE_FAILS_OF = 100;
    private static final ExponentialBackoff BACKOFF =
            new ExponentialBackoff(Duration.ofMillis(10), 1, Duration.ofMillis(10), 0);

    @Override
    public Sample run(Run run) throws Exception {
        int count = run.count(messages);
        Handler handler = new Handler(order, new Arrivals(count), new AtomicIntegerArray(KEYS));
        ConsumerOptions options = ConsumerOptions.defaults()
                .withConcurrency(5)
                .withKeyOrder(order)
                .withBackoff(BACKOFF);
        try (CoreQueue queue = CoreQueue.open(run.database(), run.level())) {
            Publishing.publish(queue.producer(), count, this::message);
            try (Meter meter = Meter.start()) {
                queue.consume(Names.CHANNEL, options, handler::handle);
                handler.arrivals().await(CoreQueue.LIMIT);
                queue.awaitDrained(Names.CHANNEL);
                Sample sample = meter.read(count);
                handler.arrivals().verify(count);
                return sample;
            }
        }
    }

    private NewMessage message(long number) {
        return NewMessage.to(Names.TOPIC, Payload.of(number, payload)).withKey("key-" + key(number));
    }

    private static int key(long number) {
        return (int) (number % KEYS);
    }

    private record Handler(KeyOrder order, Arrivals arrivals, AtomicIntegerArray turns) {

        void handle(Delivery delivery) {
            long number = Payload.number(delivery.message().payload());
            if (number % ONE_FAILS_OF == 0 && delivery.attempt() == 1) {
                throw new IllegalStateException("One in " + ONE_FAILS_OF);
            }
            int turn = turns.getAndIncrement(key(number));
            if (order != KeyOrder.NONE) {
                WrongCountException.check("The turn of message " + number, number / KEYS, turn);
            }
            arrivals.add();
        }
    }
}
