package io.nsqite.spring;

import io.nsqite.message.Delivery;

/**
 * Handles the messages of a channel; for classes annotated with {@link NsqiteListener}.
 *
 * <pre>{@code
 * @Component
 * @NsqiteListener(topic = "orders", channel = "mail")
 * class OrderMail implements PayloadHandler<OrderPlaced> {
 *
 *     public void handle(OrderPlaced event, Delivery delivery) { ... }
 * }
 * }</pre>
 *
 * <p>Called by as many threads at a time as the listener's concurrency says.
 *
 * @param <T> what the payload is read as: {@code byte[]} as stored, {@code String} as UTF-8, any other type from JSON
 */
public interface PayloadHandler<T> {

    /**
     * Handles one message, which is acknowledged when the method returns, unless that is done by hand, and has failed when it
     * throws.
     *
     * @param payload the payload
     * @param delivery the message as stored, which attempt this is, and how to answer
     */
    void handle(T payload, Delivery delivery) throws Exception;
}
