package io.nsqite.bus;

import io.nsqite.message.DeliveryLostException;
import java.time.Duration;

/**
 * An event handed to a handler, with the words of the queue's {@link io.nsqite.message.Delivery}. Unless the subscription acknowledges by hand, it
 * is done when the handler returns and has failed when the handler throws; a handler may answer before that with one of the methods below. In
 * manual mode nothing but an answer ends it, from whatever thread, or an exception of the handler, until its lease passes: then it comes back as after a failure.
 *
 * <p>The methods may be called from any thread, and never wait. Those that answer throw {@link IllegalStateException} if it was answered before, and
 * {@link DeliveryLostException} if its lease has passed, so that the event is handled again.
 */
public interface BusDelivery<T> {

    /** The event. */
    T event();

    /** Its topic. */
    String topic();

    /** The channel that the handler serves. */
    String channel();

    /** Which execution this is, from 1. */
    int attempt();

    /** Whether a failure now would be the last, after which the event is given up. */
    boolean lastAttempt();

    /** The event is done for this channel. */
    void finish();

    /** Has the event handed out again as soon as possible; see {@link #requeue(Duration)}. */
    void requeue();

    /**
     * Has the event handed out again after a time. This execution counts: if it was the last attempt, the event is given up.
     *
     * @param delay at least so long; zero or more, to the millisecond
     * @throws IllegalArgumentException if the delay is negative or too long to be counted in milliseconds
     */
    void requeue(Duration delay);

    /** In manual mode starts the lease anew; otherwise there is none, and nothing happens. */
    void touch();

    /**
     * Gives the event up, whatever attempts are left.
     *
     * @param reason for the {@link BusFailureHandler} or the log
     */
    void reject(Throwable reason);
}
