package io.nsqite.bus;

import io.nsqite.message.DeliveryLostException;
import io.nsqite.retry.Delays;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A delivery that takes one answer. */
class OpenDelivery<T> implements BusDelivery<T> {

    private static final Logger log = LoggerFactory.getLogger(OpenDelivery.class);

    private enum State {
        OPEN,
        ANSWERED,
        LAPSED
    }

    private final Place place;
    private final T event;
    private final int attempt;
    private final Settling settling;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    OpenDelivery(Place place, T event, int attempt, Settling settling) {
        this.place = place;
        this.event = event;
        this.attempt = attempt;
        this.settling = settling;
    }

    @Override
    public final T event() {
        return event;
    }

    @Override
    public final String topic() {
        return place.topic();
    }

    @Override
    public final String channel() {
        return place.channel();
    }

    @Override
    public final int attempt() {
        return attempt;
    }

    @Override
    public final boolean lastAttempt() {
        return settling.isLast(attempt);
    }

    @Override
    public final void finish() {
        answer();
        settling.succeeded();
        closed();
    }

    @Override
    public final void requeue() {
        requeue(Duration.ZERO);
    }

    @Override
    public final void requeue(Duration delay) {
        Delays.check("delay", delay);
        answer();
        settling.requeued(event, attempt, delay);
        closed();
    }

    @Override
    public final void reject(Throwable reason) {
        Objects.requireNonNull(reason, "reason");
        answer();
        settling.rejected(event, attempt, reason);
        closed();
    }

    @Override
    public void touch() {}

    /** Called once, when it is not open any more and the event has gone where it goes. */
    void closed() {}

    private void answer() {
        State before = state.compareAndExchange(State.OPEN, State.ANSWERED);
        if (before == State.ANSWERED) {
            throw new IllegalStateException("%s was answered already".formatted(this));
        }
        if (before == State.LAPSED) {
            throw new DeliveryLostException(
                    "%s was not answered in time, so its event is handled again: touch it, or set a longer ackLease"
                            .formatted(this));
        }
    }

    /** The handler has returned. */
    final void finishUnlessAnswered() {
        if (leaves(State.ANSWERED)) {
            settling.succeeded();
            closed();
        }
    }

    /** The handler has thrown something. */
    final void failed(Throwable failure) {
        if (leaves(State.ANSWERED)) {
            settling.failed(event, attempt, failure);
            closed();
            return;
        }
        if (state.get() == State.LAPSED) {
            log.debug("{}: its handler failed after its lease had passed; the event comes again", this, failure);
            return;
        }
        log.warn("{} was answered before its handler failed; the answer counts", this, failure);
    }

    /** Its lease has passed. */
    final void lapse() {
        if (leaves(State.LAPSED)) {
            settling.lapsed(event, attempt);
            closed();
        }
    }

    private boolean leaves(State next) {
        return state.compareAndSet(State.OPEN, next);
    }

    @Override
    public final String toString() {
        return "%s: attempt %d of an event of %s".formatted(place, attempt, event.getClass());
    }
}
