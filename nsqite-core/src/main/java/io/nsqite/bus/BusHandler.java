package io.nsqite.bus;

/**
 * Handles the events of a subscription with their deliveries, through which they can be answered. Otherwise as {@link EventHandler}, which costs
 * no object for each event.
 */
@FunctionalInterface
public interface BusHandler<T> {

    /** Handles one event. */
    void handle(T event, BusDelivery<T> delivery) throws Exception;
}
