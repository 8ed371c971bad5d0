package io.nsqite.consumer;

import java.time.Duration;

/**
 * Serves one channel with one handler. Safe for use by many threads.
 *
 * <p>A channel has one active consumer among all processes on the database. While another serves it, this one stands by
 * and takes over when the other stops, dies or hangs.
 */
public interface Consumer {

    /** The topic. */
    String topic();

    /** The channel. */
    String channel();

    /** How it consumes. */
    ConsumerOptions options();

    /** How far it is. */
    State state();

    /**
     * Waits until it serves the channel.
     *
     * @param limit how long to wait; an interrupt does not end the wait
     * @return whether it does; false if another process still does by then
     */
    boolean awaitActive(Duration limit);

    /**
     * Begins to consume, or to stand by. Nothing happens if it has begun already; while it stops, it begins again when it has
     * stopped. If an operator deleted the channel it is created anew.
     */
    void start();

    /**
     * Stops to consume: hands out no more messages, lets running handlers finish, settles what they did and gives the
     * channel back. A handler that has not finished by then is interrupted and left alone; its message is handled
     * again by whoever serves the channel next.
     *
     * @param timeout how long to wait for running handlers
     * @return whether all of them finished
     */
    boolean stop(Duration timeout);

    /**
     * Hands out no more messages, but keeps the channel, until {@link #resume()}; what was handed out goes on. Concerns this
     * process only, and this consumer until the process ends; to pause a channel for all, see
     * the queue's admin.
     */
    void pause();

    /** Ends a {@link #pause()}. Nothing happens if there is none. */
    void resume();

    /** Whether it is paused by {@link #pause()}. */
    boolean isPaused();

    /** How many messages are in the hands of its handlers, or wait for an answer in manual mode; 0 while it does not serve the channel. */
    int inFlight();

    /** How far a consumer is. */
    enum State {
        /** Not started, or stopped, also because an operator deleted the channel. */
        STOPPED,
        /** Started, while another process serves the channel. */
        STANDBY,
        /** Serving the channel. */
        ACTIVE,
        /** Handlers are finishing. */
        STOPPING
    }
}
