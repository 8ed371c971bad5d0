package io.nsqite.consumer;

import io.nsqite.message.DeliveryLostException;
import io.nsqite.store.DeliveryRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in what became of the messages that were handed out: from the workers, and from handlers that answer themselves. */
final class Answers {

    private static final Logger log = LoggerFactory.getLogger(Answers.class);
    private static final long LOOK_AGAIN_NANOS = 10_000_000;

    private final Engine engine;
    private final ConsumerOptions options;
    private final Monitor monitor;
    private final Backlog backlog;
    private final Settling settling;
    private final InHandLimit limit;
    private final RetryPolicy policy;
    private final Leases leases;
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
        this.engine = engine;
        this.options = options;
        this.monitor = monitor;
        this.settling = settling;
        this.listener = listener;
        events = settling.memory().events();
        backlog = settling.memory().backlog();
        limit = settling.memory().limit();
        policy = settling.memory().policy();
        leases = new Leases(engine.timer(), options.ackLease(), this::leasesEnded);
    }

    ChannelEvents events() {
        return events;
    }

    String channel() {
        return settling.claim().channel();
    }

    /** Whether a handler's return is all that there is to know of a message, if nothing goes wrong. */
    boolean areReturns() {
        return options.ackMode() == AckMode.AUTO && options.batchSize() == 1 && options.transaction() == null;
    }

    boolean isLast(int attempt) {
        return policy.isLast(attempt);
    }

    /** Messages are handed out; with the monitor held. */
    void handedOut(List<Handout> handouts) {
        limit.handedOut(backlog.unsettled());
        if (limit.isNear(backlog.unsettled()) && mayBeSettled()) {
            settling.expedite();
        }
        if (options.ackMode() == AckMode.MANUAL) {
            handouts.forEach(leases::begin);
        }
    }

    /** In transactions all that was handed out is in hand, as a rule, and settled by them. */
    private boolean mayBeSettled() {
        return options.transaction() == null || backlog.hasOutcomes();
    }

    /** How many may be handed out besides those that nobody has answered yet; with the monitor held. */
    int room() {
        return options.ackMode() == AckMode.MANUAL
                ? options.concurrency() * options.batchSize() - leases.open()
                : Integer.MAX_VALUE;
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
        settle(lastFirst, this::putBack);
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

    private @Nullable Outcome putBack(Handout handout) {
        if (handout.isRecorded() || backlog.hasOrGetsRow(handout.entry())) {
            return Outcome.goesOn(handout.entry(), policy.handedBack(handout));
        }
        backlog.reserved().wasReceived(handout.entry());
        backlog.putBack(handout.entry(), handout.message());
        monitor.wakeOne();
        return null;
    }

    private void take(Handout handout, @Nullable Outcome outcome) {
        leases.end(handout);
        if (outcome != null) {
            backlog.answered(outcome);
            events.ended(handout, outcome);
        }
        listener.ended(handout);
        if (options.ackMode() == AckMode.MANUAL) {
            monitor.wakeOne(); // there is room for another
        }
    }

    private void settleSoon() {
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

    void finish(Handout handout) {
        if (options.transaction() != null) {
            throw new IllegalStateException(
                    "%s is acknowledged by its transaction's commit; return from the handler instead of calling finish()"
                            .formatted(handout));
        }
        answerNow(handout, () -> Outcome.done(handout.entry()));
    }

    void requeue(Handout handout, Duration delay) {
        answer(handout, () -> policy.afterRequeue(handout, delay));
    }

    void reject(Handout handout, Throwable reason) {
        answer(handout, () -> policy.afterRejection(handout, reason));
    }

    private void answer(Handout handout, Supplier<DeliveryRow> row) {
        if (options.transaction() == null) {
            answerNow(handout, () -> Outcome.goesOn(handout.entry(), row.get()));
        } else {
            monitor.locked(() -> {
                requireOpen(handout);
                handout.decided(row.get());
            });
        }
    }

    private void answerNow(Handout handout, Supplier<Outcome> answer) {
        if (engine.database().sqlite().permit().isHeldByCurrentThread()) {
            throw new IllegalStateException(
                    "%s can't be answered here: this thread's own transaction is writing to the queue's database, and SQLite lets one"
                                    .formatted(handout)
                            + " transaction write at a time. Answer after it has ended, or make the listener transactional");
        }
        monitor.lock();
        try {
            requireOpen(handout);
            Outcome outcome = answer.get();
            if (!handout.answer()) {
                throw answered(handout); // just now, as its handler has returned
            }
            take(handout, outcome);
            awaitWritten(handout, outcome);
        } finally {
            monitor.unlock();
            events.tell();
        }
    }

    private void awaitWritten(Handout handout, Outcome outcome) {
        long deadline = System.nanoTime() + engine.database().busyTimeout().toNanos();
        settling.now();
        while (!outcome.isWritten() && !listener.isOver()) {
            long left = deadline - System.nanoTime();
            if (left <= 0 && settling.isRefused()) { // else it is being written
                throw notWritten(handout);
            }
            try {
                monitor.awaitWritten(Math.max(left, LOOK_AGAIN_NANOS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(
                        "%s is answered, but the thread was interrupted before that was written; the answer stands and is written soon"
                                .formatted(handout),
                        e);
            }
        }
        if (!outcome.isWritten()) {
            throw lost(handout);
        }
    }

    private IllegalStateException notWritten(Handout handout) {
        return new IllegalStateException(
                "%s is answered, but that could not be written within %s (busy_timeout); the answer stands and is written as soon as the database allows it. If a transaction of this thread is writing, on a connection that does not come from the queue's DataSource, end it before answering; if another's is, shorten it, or raise busy_timeout"
                        .formatted(handout, engine.database().busyTimeout()));
    }

    void touch(Handout handout) {
        monitor.locked(() -> {
            requireOpen(handout);
            leases.touch(handout);
        });
    }

    private void requireOpen(Handout handout) {
        if (listener.isOver()) {
            throw lost(handout);
        }
        if (handout.isExpired()) {
            throw new DeliveryLostException(
                    "%s was neither answered nor touched within its lease of %s, and comes again; answer or touch it earlier, or raise the lease"
                            .formatted(handout, options.ackLease()));
        }
        if (!handout.isOpen()) {
            throw answered(handout);
        }
    }

    private static IllegalStateException answered(Handout handout) {
        return new IllegalStateException(
                "%s has been answered already, by an answer of its own or by the handler's return; answer each delivery once"
                        .formatted(handout));
    }

    private DeliveryLostException lost(Handout handout) {
        return new DeliveryLostException(
                "%s is not this process's any more: the channel was given up or another process has taken it; the message is handled again"
                        .formatted(handout));
    }

    private void leasesEnded() {
        monitor.locked(this::expire);
        events.tell();
    }

    private void expire() {
        for (Handout handout : leases.takeOver()) {
            handout.expired();
            take(handout, Outcome.goesOn(handout.entry(), policy.afterExpiry(handout)));
        }
        settleSoon();
    }

    /** Ends all leases; with the monitor held. */
    void close() {
        leases.close();
    }
}
