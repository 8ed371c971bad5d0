package io.nsqite.consumer;

import io.nsqite.store.DeliveryRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in what became of the messages that were handed out. What handlers answer themselves comes by {@link Replies}. */
final class Answers {

    private static final Logger log = LoggerFactory.getLogger(Answers.class);

    private final ConsumerOptions options;
    private final Monitor monitor;
    private final Backlog backlog;
    private final Settling settling;
    private final InHandLimit limit;
    private final RetryPolicy policy;
    private final Portions portions;
    private final Replies replies;
    private final EndListener listener;
    private final ChannelEvents events;

    /** Told with the monitor held. */
    interface EndListener {

        /** Whether nothing is accepted any more. */
        boolean isOver();

        /** A message that was handed out has ended. */
        void ended(Handout handout);
    }

    Answers(Engine engine, ConsumerOptions options, Monitor monitor, Settling settling, EndListener listener) {
        this.options = options;
        this.monitor = monitor;
        this.settling = settling;
        this.listener = listener;
        events = settling.memory().events();
        backlog = settling.memory().backlog();
        limit = settling.memory().limit();
        policy = settling.memory().policy();
        portions = settling.memory().portions();
        replies = new Replies(engine, options, monitor, settling, this);
    }

    ChannelEvents events() {
        return events;
    }

    /** What handlers answer themselves. */
    Replies replies() {
        return replies;
    }

    /** Whether nothing is accepted any more; with the monitor held. */
    boolean areOver() {
        return listener.isOver();
    }

    /** Whether a handler's return is all that there is to know of a message, if nothing goes wrong. */
    boolean areReturns() {
        return options.ackMode() == AckMode.AUTO && options.batchSize() == 1 && options.transaction() == null;
    }

    /** Messages are handed out; with the monitor held. */
    void handedOut(List<Handout> handouts) {
        limit.handedOut(backlog.unsettled());
        if (limit.isNear(backlog.unsettled()) && mayBeSettled()) {
            settling.expedite();
        }
        portions.handedOut(handouts, replies.leases());
    }

    /** In transactions all that was handed out is in hand, as a rule, and settled by them. */
    private boolean mayBeSettled() {
        return options.transaction() == null || backlog.hasOutcomes();
    }

    /** How many may be handed out besides those that nobody has answered yet; with the monitor held. */
    int room() {
        return portions.room(replies.leases());
    }

    /** The handler returned: what it has not answered is done. */
    void returned(List<Handout> handouts) {
        settle(handouts, handout -> Outcome.done(handout.entry()));
    }

    /** The handler returned from a message of a run: as {@link #returned}, for the most part without the monitor. */
    void returnedOfRun(Handout handout) {
        if (!handout.markReturned()) {
            return;
        }
        if (!backlog.runs().askOnce() || monitor.asked(() -> isTakenIn(handout))) {
            events.succeeded(handout);
        }
    }

    private boolean isTakenIn(Handout handout) {
        if (listener.isOver()) {
            dropped(handout);
            return false;
        }
        settling.soon();
        return true;
    }

    /** The handler threw, by the fault of all. */
    void failed(List<Handout> handouts, Throwable cause) {
        Map<Handout, Outcome> outcomes = new LinkedHashMap<>();
        for (Handout handout : handouts) {
            if (!handout.isAnswered()) {
                outcomes.put(
                        handout,
                        policy.afterFailure(handout, cause)); // without the monitor, as it asks the application
            }
        }
        if (!settle(List.copyOf(outcomes.keySet()), outcomes::get)) {
            policy.failedAfterAnswer(handouts.get(0), cause);
        }
    }

    /** They come again, without an attempt counted. */
    void notStarted(List<Handout> handouts) {
        List<Handout> lastFirst = new ArrayList<>(handouts); // as each goes to the front of what waits
        Collections.reverse(lastFirst);
        settle(lastFirst, handout -> putBack(handout, policy::handedBack));
    }

    /** They come again, as if they had not been handed out, since nobody has seen them. */
    void notHandedOver(List<Handout> handouts) {
        List<Handout> lastFirst = new ArrayList<>(handouts);
        Collections.reverse(lastFirst);
        settle(lastFirst, handout -> putBack(handout, policy::notStarted));
    }

    private interface Ending {
        @Nullable
        Outcome of(Handout handout);
    }

    /** Ends those that have no answer; whether there was one. */
    private boolean settle(List<Handout> handouts, Ending ending) {
        boolean wasOpen = false;
        monitor.lock();
        try {
            for (Handout handout : handouts) {
                if (listener.isOver()) {
                    dropped(handout);
                    wasOpen = true;
                } else if (handout.answer()) {
                    take(handout, ending.of(handout));
                    wasOpen = true;
                }
            }
            settleSoon();
            return wasOpen;
        } finally {
            monitor.unlock();
            events.tell();
        }
    }

    private void dropped(Handout handout) {
        log.warn("{}: the answer to {} is dropped, as the channel was given up meanwhile", settling.claim(), handout);
    }

    private @Nullable Outcome putBack(Handout handout, Function<Handout, DeliveryRow> row) {
        if (handout.isRecorded() || backlog.hasOrGetsRow(handout.entry())) {
            return Outcome.goesOn(handout.entry(), row.apply(handout));
        }
        backlog.reserved().wasReceived(handout.entry());
        backlog.putBack(handout.entry(), handout.message());
        monitor.wakeOne();
        return null;
    }

    /** Takes in what becomes of one that was handed out; with the monitor held. */
    void take(Handout handout, @Nullable Outcome outcome) {
        replies.leases().end(handout);
        if (outcome != null) {
            backlog.answered(outcome);
            events.ended(handout, outcome);
        }
        listener.ended(handout);
        if (options.ackMode() == AckMode.MANUAL) {
            monitor.wakeOne(); // there is room for another
        }
    }

    /** Has what was taken in written; with the monitor held. */
    void settleSoon() {
        boolean isWorthIt = backlog.hasOutcomes() || backlog.isWorthMoving();
        if (isWorthIt && limit.isNear(backlog.unsettled())) {
            settling.expedite();
        } else if (isWorthIt) {
            settling.soon();
        }
    }

    /** The handler of a transaction has ended, and can't answer any more; whether it has answered something. */
    boolean close(List<Handout> handouts) {
        return monitor.asked(() -> handouts.stream().map(Handout::close).reduce(false, Boolean::logicalOr));
    }

    /** Plans to acknowledge in the handler's transaction by moving the cursor; null if that is not possible. */
    @Nullable
    HeadMove beginMove(List<Entry> entries) {
        return monitor.asked(() -> listener.isOver() ? null : backlog.beginMove(settling.claim(), entries));
    }

    /** Committed in the handler's transaction. */
    void acknowledged(List<Handout> handouts, Acknowledgement acknowledgement) {
        monitor.lock();
        try {
            if (!listener.isOver()) {
                handouts.forEach(Handout::acknowledged);
                acknowledgement.committed(backlog);
                handouts.forEach(listener::ended);
                handouts.forEach(events::acknowledged);
                monitor.wakeOne();
                settleSoon();
            }
        } finally {
            monitor.unlock();
            events.tell();
        }
    }

    /** The handler's transaction has not acknowledged after all. */
    void notAcknowledged(Acknowledgement acknowledgement) {
        monitor.locked(() -> acknowledgement.rolledBack(backlog));
    }

    /** What handlers said, until they were {@link #close}d, of messages whose transaction is rolled back now. */
    void carryOut(List<Handout> handouts) {
        monitor.lock();
        try {
            for (Handout handout : handouts) {
                DeliveryRow verdict = handout.verdict();
                if (verdict != null && !listener.isOver()) {
                    take(handout, Outcome.goesOn(handout.entry(), verdict));
                }
            }
            settleSoon();
        } finally {
            monitor.unlock();
            events.tell();
        }
    }

    /** Ends all leases; with the monitor held. */
    void close() {
        replies.leases().close();
    }
}
