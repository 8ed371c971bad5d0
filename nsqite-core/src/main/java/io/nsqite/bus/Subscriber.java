package io.nsqite.bus;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who gets the events of a topic for a channel: its line, its handlers, and what has become of the events. */
final class Subscriber<T> {

    private static final Logger log = LoggerFactory.getLogger(Subscriber.class);

    private final Place place;
    private final Class<T> type;
    private final BusOptions options;
    private final Line line;
    private final Congestion congestion;
    private final Tally tally = new Tally();
    private final Postponed postponed;
    private final Handling<T> handling;
    private final Workers workers;

    Subscriber(Place place, Class<T> type, BusOptions options, HandlingFactory<T> handlings, Engine engine) {
        this.place = place;
        this.type = type;
        this.options = options;
        line = new Line(options.queueSize());
        congestion = new Congestion(place, line, options);
        postponed = new Postponed(line, engine.timer());
        handling = handlings.create(new Settling(place, options, tally, postponed));
        workers =
                Workers.start(place, options.concurrency(), engine.threads(), () -> new Worker(place, line, handling));
    }

    Place place() {
        return place;
    }

    /** @throws IllegalArgumentException if it is not of the type that this one takes */
    void check(Object event) {
        if (!type.isInstance(event)) {
            throw new IllegalArgumentException(
                    "Channel %s of topic %s takes %s, but %s was published; nobody has got it. Publish what all subscribers of the topic take, or subscribe to a type that both have in common"
                            .formatted(
                                    place.channel(),
                                    place.topic(),
                                    type.getName(),
                                    event.getClass().getName()));
        }
    }

    /** Takes an event if there is room; never waits. */
    Reception offer(Object event) {
        return line.offer(event);
    }

    /** Takes an event for which there was no room just now, waits for room, or discards it. */
    Reception offerAgain(Object event, Patience patience) {
        if (options.whenFull() == OverflowPolicy.DISCARD) {
            return offerOnce(event);
        }
        if (patience.isEndless() && workers.isCurrent()) {
            return offerFromWithin(event);
        }
        try {
            Reception reception = congestion.offer(event, patience.deadline());
            if (reception == Reception.TIMED_OUT) {
                tally.timedOut().increment();
            }
            return reception;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PublishInterruptedException(place.topic(), place.channel(), e);
        }
    }

    private Reception offerOnce(Object event) {
        Reception reception = line.offer(event);
        if (reception != Reception.FULL) {
            return reception;
        }
        tally.discarded().increment();
        return Reception.DISCARDED;
    }

    /** All handlers might wait like this one, and then nobody would make room. */
    private Reception offerFromWithin(Object event) {
        Reception reception = line.offer(event);
        if (reception == Reception.FULL) {
            throw new IllegalStateException(
                    "A handler of %s publishes to its own channel, which has no room (queueSize %d), and would wait for itself. Publish with a timeout, let the subscription discard what is too much, or publish on another thread"
                            .formatted(place, options.queueSize()));
        }
        return reception;
    }

    /** Accepts nothing any more; what was accepted is going to be handled. */
    void end() {
        postponed.end();
        line.end();
    }

    /** Waits until all that was accepted is handled, at the most until then, and says what is left. */
    Optional<BusLeftover> awaitEnd(long deadline) {
        boolean handled = false;
        try {
            // a handler that ends its own subscription does not wait for itself, nor for its delivery
            handled = workers.awaitEnd(deadline) && (workers.isCurrent() || handling.awaitAnswers(deadline));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // who stops is in a hurry
        }
        return handled ? Optional.empty() : abandon();
    }

    private Optional<BusLeftover> abandon() {
        line.abandon();
        handling.abandon();
        BusLeftover left = new BusLeftover(place.topic(), place.channel(), line.waiting() + line.retrying(), inHand());
        workers.interrupt();
        if (left.waiting() + left.inHand() == 0) {
            return Optional.empty(); // its threads are about to end
        }
        log.warn(
                "{}: the time to stop is over, and {} events that waited and {} in hand are lost; running handlers are interrupted and"
                        + " left alone",
                place,
                left.waiting(),
                left.inHand());
        return Optional.of(left);
    }

    private int inHand() {
        return handling.inHand(workers.busy());
    }

    BusSubscriptionStatus status() {
        return new BusSubscriptionStatus(
                place.topic(),
                place.channel(),
                options.concurrency(),
                options.queueSize(),
                line.waiting(),
                line.retrying(),
                inHand(),
                congestion.waiting(),
                tally.succeeded().sum(),
                tally.failed().sum(),
                tally.retried().sum(),
                tally.givenUp().sum(),
                tally.discarded().sum(),
                tally.timedOut().sum());
    }
}
