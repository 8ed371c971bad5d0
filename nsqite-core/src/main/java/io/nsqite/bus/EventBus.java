package io.nsqite.bus;

import java.time.Duration;
import java.util.List;

/**
 * Passes events to subscribers in the same process, each on threads and with a bounded queue of its own. Nothing is stored: what waits is
 * lost when the process ends, and a rolled-back transaction takes nothing back. What must not be lost belongs into the queue.
 *
 * <pre>{@code
 * try (EventBus bus = EventBus.builder().build()) {
 *     bus.subscribe("prices", "chart", PriceChanged.class, chart::draw);
 *     bus.publish("prices", new PriceChanged("ACME", 42));
 * }
 * }</pre>
 *
 * <p>A topic has any number of channels, and each sees every event. One subscription serves a channel, with as many handlers side by
 * side as its {@link BusOptions#concurrency()} says; with one, and as long as none fails, events of one publishing thread are handled in the
 * order in which they were published. Every subscriber gets the same object, so events should be immutable.
 *
 * <p>Safe for use by many threads. Publishing takes no lock that subscribers share, and allocates nothing unless somebody has no room.
 */
public interface EventBus extends AutoCloseable {

    /** To make one. */
    static EventBusBuilder builder() {
        return new EventBusBuilder();
    }

    /**
     * Gives an event to all subscribers of a topic. First to all that have room, at once; then, one after the other, to those that have none,
     * as their {@link BusOptions#whenFull()} says: it waits for as long as it takes, or the event is discarded there.
     *
     * @return how many accepted it and how many did not; {@link PublishResult#isUnheard()} if the topic has no subscriber
     * @throws IllegalArgumentException if a subscriber takes another type, before anybody has got the event; or if the topic's name is malformed
     * @throws IllegalStateException if the bus is closed, also while this waits, when some subscribers may have the event already; or if this
     *     would wait for the very handler that calls it
     * @throws PublishInterruptedException if the thread is interrupted while it waits; the thread stays interrupted
     */
    PublishResult publish(String topic, Object event);

    /**
     * The same, but waits no longer than a time, for all subscribers together. Those without room by then don't get the event.
     *
     * @param timeout zero or more; zero waits for nobody
     */
    PublishResult publish(String topic, Object event, Duration timeout);

    /**
     * Subscribes with the bus's options; see {@link #subscribe(String, String, Class, BusOptions, BusHandler)}.
     *
     * @param handler gets events alone: each is done when it returns
     */
    <T> BusSubscription subscribe(String topic, String channel, Class<T> type, EventHandler<T> handler);

    /**
     * Subscribes; see {@link #subscribe(String, String, Class, BusOptions, BusHandler)}.
     *
     * @param handler gets events alone: each is done when it returns
     * @throws IllegalArgumentException also if the options ask for answers by hand, which such a handler can't give
     */
    <T> BusSubscription subscribe(
            String topic, String channel, Class<T> type, BusOptions options, EventHandler<T> handler);

    /** Subscribes with the bus's options; see {@link #subscribe(String, String, Class, BusOptions, BusHandler)}. */
    <T> BusSubscription subscribe(String topic, String channel, Class<T> type, BusHandler<T> handler);

    /**
     * Subscribes to what is published to a topic from now on.
     *
     * @param topic 1 to 64 characters of {@code a-z A-Z 0-9 . _ -}
     * @param channel the same; one subscription at a time serves a channel of a topic
     * @param type what all events of the topic are; publishing another is refused
     * @param handler called by up to {@link BusOptions#concurrency()} threads at a time
     * @throws IllegalArgumentException if a name is malformed or the type is a primitive one
     * @throws IllegalStateException if the channel is served already, or the bus is closed
     */
    <T> BusSubscription subscribe(
            String topic, String channel, Class<T> type, BusOptions options, BusHandler<T> handler);

    /** What each subscription has before it and what it has done, by topic and channel. */
    List<BusSubscriptionStatus> subscriptions();

    /** How many events were published to topics without subscribers. */
    long unheard();

    /**
     * Stops: refuses what is published from now on, has handled what was accepted, and ends the threads. What waits for a retry is tried once more,
     * at once. Handlers that take longer than the limit are interrupted and left alone.
     *
     * @return what is left where the limit was too short; empty if everything was handled, or the bus was closed before
     */
    List<BusLeftover> stop(Duration limit);

    /** {@link #stop Stops} within the bus's {@link EventBusBuilder#stopTimeout(Duration) limit}, and what is left is logged. */
    @Override
    void close();
}
