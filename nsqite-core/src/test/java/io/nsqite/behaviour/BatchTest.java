package io.nsqite.behaviour;

import io.nsqite.consumer.BatchHandler;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.message.Delivery;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A channel whose handler gets several messages at once. */
abstract class BatchTest extends BehaviourTest {

    static final ConsumerOptions BATCHES = OPTIONS.withBatchSize(4);

    /** What the handler was called with. */
    final List<List<String>> batches = new CopyOnWriteArrayList<>();

    private Consumer consumer;

    private Consumer consumeBatches(ConsumerOptions options, BatchHandler handler) {
        consumer = consume(options, (BatchHandler) deliveries -> {
            batches.add(deliveries.stream()
                    .map(delivery -> text(delivery) + " " + delivery.attempt())
                    .toList());
            handler.handle(deliveries);
        });
        return consumer;
    }

    /** The handler finds all of these waiting when it begins. */
    List<Long> consumeWaiting(ConsumerOptions options, BatchHandler handler, String... texts) {
        consumeBatches(options, handler).pause();
        List<Long> ids = publishAll(texts);
        consumer.resume();
        return ids;
    }

    static int indexOf(List<Delivery> deliveries, String text) {
        return deliveries.stream().map(BehaviourTest::text).toList().indexOf(text);
    }
}
