package io.nsqite.bus;

/**
 * Handles the events of a subscription that need nothing but themselves. Called by up to {@link BusOptions#concurrency()} threads at a time.
 *
 * <p>An event is done when the method returns. When it throws anything, an {@link Error} included, the event is tried again after a delay until its
 * attempts are used up, and is then given up. An {@link io.nsqite.retry.RetryAfterException} says when to try again.
 */
@FunctionalInterface
public interface EventHandler<T> {

    /** Handles one event. */
    void handle(T event) throws Exception;
}
