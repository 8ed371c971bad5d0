package io.nsqite.spring;

import java.util.List;

/**
 * The listeners of the application, by id: starts, stops and pauses them, and takes in more. There is one bean of it. Safe for
 * use by many threads.
 *
 * <pre>{@code
 * registry.pause("orders.mail");
 * ListenerStatus mail = registry.status("orders.mail");
 * }</pre>
 *
 * <p>The id of a listener is {@code <topic>.<channel>} unless it has been given one. Whoever names one that does not exist gets an
 * {@code IllegalArgumentException} with those that do.
 */
public interface NsqiteListenerRegistry {

    /** All listeners, in the order of their registration; empty before the beans of the application exist. */
    List<ListenerStatus> listeners();

    /** One listener. */
    ListenerStatus status(String id);

    /** Begins to consume, or to stand by, also where auto-startup is off. Nothing happens if it has begun already. */
    void start(String id);

    /**
     * Stops to consume and gives the channel back, where another process may take it. Waits for running handlers as long
     * as {@code nsqite.listener.shutdown-timeout} says.
     *
     * @return whether all of them finished
     */
    boolean stop(String id);

    /**
     * Hands out no more messages, but keeps the channel, until {@link #resume}; what was handed out goes on. Concerns this process
     * only, and ends with it; {@link io.nsqite.admin.QueueAdmin} pauses a channel for all.
     */
    void pause(String id);

    /** Ends a pause. Nothing happens if there is none. */
    void resume(String id);

    /**
     * Takes in a listener: its channel is created if there is none, and it is started with the application, or at once if
     * that has started already. Before the beans of the application exist it is only kept, to be checked and registered together with
     * those that are annotated. (Properties {@code nsqite.listeners[<id>].*} end the start if no listener has the id by then: one that
     * has some must be registered by an {@link NsqiteListenerConfigurer}, not later.)
     *
     * @throws InvalidListenerException if it can't work, or has the id or the channel of another one
     */
    void register(ListenerRegistration registration);

    /**
     * Stops a listener, as {@link #stop} does, and forgets it. Its channel stays, and keeps what comes for whoever serves it next.
     *
     * @return whether all of its running handlers finished
     */
    boolean unregister(String id);
}
