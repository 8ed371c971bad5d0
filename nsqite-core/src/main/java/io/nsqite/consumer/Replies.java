package io.nsqite.consumer;

import io.nsqite.message.AnswerNotWrittenException;
import io.nsqite.message.DeliveryLostException;
import io.nsqite.store.DeliveryRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What handlers answer themselves, and whoever they have passed their messages to; and what becomes of those that nobody answers in time.
 * Those who answer wait until that is written.
 */
final class Replies {

    private static final long LOOK_AGAIN_NANOS = 10_000_000;

    private final Engine engine;
    private final ConsumerOptions options;
    private final Monitor monitor;
    private final Settling settling;
    private final RetryPolicy policy;
    private final Answers answers;
    private final Leases leases;

    Replies(Engine engine, ConsumerOptions options, Monitor monitor, Settling settling, Answers answers) {
        this.engine = engine;
        this.options = options;
        this.monitor = monitor;
        this.settling = settling;
        this.answers = answers;
        policy = settling.memory().policy();
        leases = new Leases(engine.timer(), this::leasesEnded);
    }

    String channel() {
        return settling.claim().channel();
    }

    boolean isLast(int attempt) {
        return policy.isLast(attempt);
    }

    /** How long each may stay without an answer; with the monitor held. */
    Leases leases() {
        return leases;
    }

    /** With one commit. */
    void finish(List<Handout> handouts) {
        if (options.transaction() != null) {
            throw new IllegalStateException(
                    "%s is acknowledged by its transaction's commit; return from the handler instead of calling finish()"
                            .formatted(handouts.get(0)));
        }
        answerNow(handouts, handout -> Outcome.done(handout.entry()));
    }

    void requeue(Handout handout, Duration delay) {
        answer(handout, answered -> policy.afterRequeue(answered, delay));
    }

    void reject(Handout handout, Throwable reason) {
        answer(handout, answered -> policy.afterRejection(answered, reason));
    }

    private void answer(Handout handout, Function<Handout, DeliveryRow> row) {
        if (options.transaction() == null) {
            answerNow(List.of(handout), answered -> Outcome.goesOn(answered.entry(), row.apply(answered)));
        } else {
            monitor.locked(() -> {
                requireOpen(handout);
                handout.decided(row.apply(handout));
            });
        }
    }

    private void answerNow(List<Handout> handouts, Function<Handout, Outcome> answer) {
        requireNoTransaction(handouts.get(0));
        List<Answered> answered = new ArrayList<>();
        Refused refused = new Refused();
        monitor.lock();
        try {
            for (Handout handout : handouts) {
                refused.unless(() -> answered.add(take(handout, answer)));
            }
            awaitWritten(answered);
        } finally {
            monitor.unlock();
            answers.events().tell();
        }
        refused.throwFirst();
    }

    private void requireNoTransaction(Handout handout) {
        if (engine.database().sqlite().permit().isHeldByCurrentThread()) {
            throw new IllegalStateException(
                    "%s can't be answered here: this thread's own transaction is writing to the queue's database, and SQLite lets one"
                                    .formatted(handout)
                            + " transaction write at a time. Answer after it has ended, or make the listener transactional");
        }
    }

    private record Answered(Handout handout, Outcome outcome) {}

    private Answered take(Handout handout, Function<Handout, Outcome> answer) {
        requireOpen(handout);
        Outcome outcome = answer.apply(handout);
        if (!handout.answer()) {
            throw answered(handout); // just now, as its handler has returned
        }
        answers.take(handout, outcome);
        return new Answered(handout, outcome);
    }

    private void awaitWritten(List<Answered> all) {
        if (!all.isEmpty()) {
            settling.now();
        }
        long deadline = System.nanoTime() + engine.database().busyTimeout().toNanos();
        for (Answered answered : all) {
            awaitWritten(answered, deadline);
        }
    }

    private void awaitWritten(Answered answered, long deadline) {
        Handout handout = answered.handout();
        while (!answered.outcome().isWritten() && !answers.areOver()) {
            long left = deadline - System.nanoTime();
            if (left <= 0 && settling.isRefused()) { // else it is being written
                throw notWritten(handout);
            }
            try {
                monitor.awaitWritten(Math.max(left, LOOK_AGAIN_NANOS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AnswerNotWrittenException(
                        "%s is answered, but the thread was interrupted before that was written; the answer stands and is written soon"
                                .formatted(handout),
                        e);
            }
        }
        if (!answered.outcome().isWritten()) {
            throw lost(handout);
        }
    }

    private AnswerNotWrittenException notWritten(Handout handout) {
        return new AnswerNotWrittenException(
                "%s is answered, but that could not be written within %s (busy_timeout); the answer stands and is written as soon as the database allows it. If a transaction of this thread is writing, on a connection that does not come from the queue's DataSource, end it before answering; if another's is, shorten it, or raise busy_timeout"
                        .formatted(handout, engine.database().busyTimeout()),
                null);
    }

    /** Begins its lease anew, if it has one. */
    void touch(Handout handout) {
        monitor.locked(() -> {
            requireOpen(handout);
            leases.touch(handout);
        });
    }

    /** Begins a lease, in the place of the one that it has. */
    void lease(Handout handout, Duration length) {
        monitor.locked(() -> {
            requireOpen(handout);
            leases.begin(handout, length);
        });
    }

    private void requireOpen(Handout handout) {
        if (answers.areOver()) {
            throw lost(handout);
        }
        if (handout.isExpired()) {
            throw new DeliveryLostException(
                    "%s was neither answered nor touched within its lease of %s, and comes again; answer or touch it earlier, or raise the lease"
                            .formatted(handout, handout.lease()));
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

    private static DeliveryLostException lost(Handout handout) {
        return new DeliveryLostException(
                "%s is not this process's any more: the channel was given up or another process has taken it; the message is handled again"
                        .formatted(handout));
    }

    private void leasesEnded() {
        monitor.locked(this::expire);
        answers.events().tell();
    }

    private void expire() {
        for (Handout handout : leases.takeOver()) {
            answers.take(handout, Outcome.goesOn(handout.entry(), policy.afterExpiry(handout)));
        }
        answers.settleSoon();
    }
}
