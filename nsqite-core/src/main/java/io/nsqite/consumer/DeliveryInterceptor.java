package io.nsqite.consumer;

import io.nsqite.message.Delivery;
import java.util.List;

/**
 * Around the handling of messages: sees them before their handler and its transaction, and afterwards what came of it.
 *
 * <pre>{@code
 * Nsqite.builder(dataSource).interceptor((deliveries, handling) -> {
 *     try (var tenant = Tenants.enter(deliveries.get(0).message().headers().get("tenant"))) {
 *         handling.proceed();
 *     }
 * });
 * }</pre>
 *
 * <p>Runs on the thread of the handler. What it throws counts as the handler's failure; if it returns without calling
 * {@link Handling#proceed()}, the messages are done without having been handled (not so in a transactional listener, where that is a failure, and
 * with manual acknowledgement, where they stay open).
 */
@FunctionalInterface
public interface DeliveryInterceptor {

    /**
     * Handles messages by calling {@link Handling#proceed()}, once.
     *
     * @param deliveries what the handler is to get: one, or with batches several, in an unmodifiable list
     */
    void around(List<Delivery> deliveries, Handling handling) throws Exception;

    /** What the interceptor is around: the next one, in the end the handler, with its transaction if it has one. */
    @FunctionalInterface
    interface Handling {

        /** Handles the messages. */
        void proceed() throws Exception;
    }
}
