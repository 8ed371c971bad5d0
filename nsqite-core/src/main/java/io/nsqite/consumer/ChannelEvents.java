package io.nsqite.consumer;

import io.nsqite.consumer.ChannelListener.DeadMessage;
import io.nsqite.store.Claim;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.DeliveryRow.Failure;
import io.nsqite.store.DeliveryState;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the {@link ChannelListener}s of a channel what happens. Most of that is decided with the monitor held, where no code of the application
 * may run, so it is noted there and told afterwards. Safe for use by many threads; costs nothing where nobody listens.
 */
final class ChannelEvents {

    private static final Logger log = LoggerFactory.getLogger(ChannelEvents.class);

    private final List<ChannelListener> listeners;
    private final String topic;
    private final String channel;
    private final Queue<Consumer<ChannelListener>> noted = new ConcurrentLinkedQueue<>();

    ChannelEvents(Hooks hooks, Claim claim) {
        listeners = hooks.listeners();
        topic = claim.topic();
        channel = claim.channel();
    }

    /** A handler is about to get them. */
    void handedOut(List<Handout> handouts) {
        if (!listeners.isEmpty()) {
            handouts.forEach(this::handedOut);
        }
    }

    private void handedOut(Handout handout) {
        tell(listener -> listener.handedOut(handout));
        if (!handout.isRecorded()) {
            tell(listener -> listener.arrived(handout));
        }
    }

    /** One is done; without the monitor. */
    void succeeded(Handout handout) {
        if (!listeners.isEmpty()) {
            tell(listener -> listener.succeeded(handout));
        }
    }

    /** Notes that one is done, in its handler's transaction. With the monitor held; {@link #tell()} is to follow. */
    void acknowledged(Handout handout) {
        if (!listeners.isEmpty()) {
            noted.add(listener -> listener.succeeded(handout));
        }
    }

    /** Notes that one has ended. With the monitor held; {@link #tell()} is to follow. */
    void ended(Handout handout, Outcome outcome) {
        if (listeners.isEmpty()) {
            return;
        }
        DeliveryRow row = outcome.row();
        if (row == null) {
            noted.add(listener -> listener.succeeded(handout));
        } else if (row.attempts() == handout.attempt()) { // else it was given back without having been counted
            noteAttempt(handout, row);
        }
    }

    @SuppressWarnings("ReferenceEquality") // a failure may look like the one before
    private void noteAttempt(Handout handout, DeliveryRow row) {
        Failure failure = row.failure();
        if (failure == null || failure == handout.row().failure()) {
            noted.add(listener -> listener.requeued(handout));
            return;
        }
        noted.add(listener -> listener.failed(handout, failure.error()));
        if (row.state() == DeliveryState.DEAD) {
            noted.add(listener -> listener.dead(deadMessage(row, failure)));
        }
    }

    /** Some were given up that had no attempt left; without the monitor. */
    void gaveUp(List<DeliveryRow> rows) {
        for (DeliveryRow row : rows) {
            Failure failure = row.failure();
            if (failure != null && !listeners.isEmpty()) {
                tell(listener -> listener.dead(deadMessage(row, failure)));
            }
        }
    }

    private DeadMessage deadMessage(DeliveryRow row, Failure failure) {
        return new DeadMessage(topic, channel, row.messageId(), row.attempts(), failure.error());
    }

    /** What was noted is told, in its order; without the monitor. */
    void tell() {
        for (Consumer<ChannelListener> event = noted.poll(); event != null; event = noted.poll()) {
            tell(event);
        }
    }

    private void tell(Consumer<ChannelListener> event) {
        for (ChannelListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (Throwable failure) { // it is the application's, and has no say
                log.warn("{}.{}: the listener {} failed, which changes nothing", topic, channel, listener, failure);
            }
        }
    }
}
