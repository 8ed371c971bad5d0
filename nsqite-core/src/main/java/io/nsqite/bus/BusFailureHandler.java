package io.nsqite.bus;

/**
 * Gets events that were given up: all attempts failed, or retrying can't help. There are no dead letters, as nothing is stored, so
 * this is the last who sees them. Without one there is a line in the log.
 *
 * <pre>{@code
 * options.withFailureHandler(failure -> queue.publish("failed-prices", failure.event()));
 * }</pre>
 *
 * <p>Runs on the thread of the handler, or on the one that answered; where a lease has passed, on the bus's only timer thread, so it must be quick. If it throws, that
 * is logged, and the event is given up all the same.
 */
@FunctionalInterface
public interface BusFailureHandler {

    /** Does what is left to be done about it. */
    void givenUp(BusFailure failure);
}
