package io.nsqite.benchmarks.queue;

import io.nsqite.benchmarks.harness.Payload;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Publishes many messages, numbered from 0, in bulk. */
public final class Publishing {

    private static final int BULK = 1000;

    private Publishing() {}

    /** Of one topic, with payloads of a size. */
    public static LongFunction<NewMessage> messages(String topic, int payload) {
        return number -> NewMessage.to(topic, Payload.of(number, payload));
    }

    /** Publishes so many. */
    public static void publish(Producer producer, int count, LongFunction<NewMessage> messages) {
        for (long first = 0; first < count; first += BULK) {
            List<NewMessage> bulk = LongStream.range(first, Math.min(count, first + BULK))
                    .mapToObj(messages)
                    .toList();
            producer.publish(bulk);
        }
    }
}
