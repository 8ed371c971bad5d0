package io.nsqite.consumer;

import io.nsqite.message.Delivery;
import java.util.List;

/**
 * Handles several messages of a channel at once: as many as wait, up to {@link ConsumerOptions#batchSize()}; none is waited
 * for. All are acknowledged when the method returns.
 *
 * <p>When it throws {@link BatchElementFailedException}, the element that it names has failed, those before it are
 * acknowledged, and those after it come again without an attempt counted. When it throws anything else, all have failed. A message
 * that has failed is tried again in a batch of its own.
 *
 * <p>In {@link AckMode#MANUAL} the elements that have an answer keep it, and the exception concerns the others: those before the
 * named one stay open, as they may be in the hands of another thread, until they are answered or their leases end; those after it
 * come again. So a handler that names an element must not have passed on any after it.
 *
 * <pre>{@code
 * consumers.register(List.of(new Subscription("clicks", "count", options.withBatchSize(100), (BatchHandler) this::count)));
 * }</pre>
 */
@FunctionalInterface
public interface BatchHandler extends MessageHandler {

    /** Handles some messages, at least one, in an unmodifiable list. */
    void handle(List<Delivery> deliveries) throws Exception;

    @Override
    default void handle(Delivery delivery) throws Exception {
        handle(List.of(delivery));
    }
}
