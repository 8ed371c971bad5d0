package io.nsqite.consumer;

import io.nsqite.message.Message;
import io.nsqite.store.ChannelContents;
import io.nsqite.store.ChannelStore;
import io.nsqite.store.Claim;
import io.nsqite.store.DeliveryRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time during which this process owns a channel. Hands out its messages to the workers and takes in what became of
 * them. The workers themselves fetch: the one that finds nothing to do reads the log, so that between a commit and the
 * handler there is one change of threads.
 */
final class Tenure implements Settling.SettlingListener {

    private static final Logger log = LoggerFactory.getLogger(Tenure.class);

    private final Engine engine;
    private final Runnable onLost;
    private final InHandLimit limit;
    private final Monitor monitor = new Monitor();
    private final Backlog backlog;
    private final Settling settling;
    private final Supply supply;
    private final RetryPolicy policy;
    private final Runnable signal = this::committed;
    private final ClockJumps clockJumps;
    private boolean paused;
    private boolean isFull;
    private boolean released;
    private State state = State.SERVING;

    private enum State {
        SERVING,
        STOPPING,
        OVER
    }

    /** What was found when the channel was taken. */
    record Opening(ChannelStore.Taken taken, ChannelContents contents) {
        /** Of a channel that this transaction has taken; an earlier owner's clock may have been ahead of ours. */
        static Opening of(Engine engine, Connection transaction, ChannelStore.Taken taken) throws SQLException {
            ChannelStore channels = engine.store().channels();
            channels.capRetries(transaction, taken.claim(), engine.clock().millis());
            return new Opening(taken, channels.load(transaction, taken.claim()));
        }

        Claim claim() {
            return taken.claim();
        }
    }

    /**
     * Begins.
     *
     * @param onLost called once if another process has the channel; must not block
     */
    Tenure(Engine engine, ConsumerOptions options, Opening opening, Runnable onLost) {
        this.engine = engine;
        this.onLost = onLost;
        limit = new InHandLimit(options);
        paused = opening.contents().paused();
        backlog = new Backlog(opening.contents());
        policy = new RetryPolicy(options, engine.clock(), new Random());
        settling = new Settling(engine, monitor, opening.claim(), new Settling.InMemory(backlog, limit), this);
        Suspects suspects = new Suspects(opening.taken(), opening.contents());
        supply = new Supply(engine, monitor, backlog, settling, policy, suspects);
        clockJumps = new ClockJumps(engine, this::claim, () -> monitor.locked(supply::retryDue));
        engine.signals().subscribe(opening.claim().topicId(), signal);
    }

    private void committed() {
        monitor.locked(supply::committed);
    }

    /** The next message for a worker, which waits for it; null when the tenure ends. */
    @Nullable
    Handout next() {
        monitor.lock();
        try {
            boolean settled = false;
            while (state == State.SERVING) {
                if (mayHandOut() && supply.fetch()) {
                    settled = false;
                    continue;
                }
                Handout handout = mayHandOut() ? supply.next() : null;
                if (handout != null) {
                    limit.handedOut(backlog.unsettled());
                    if (supply.hasMore()) {
                        monitor.wakeOne();
                    }
                    return handout;
                }
                if (!settled && backlog.hasOutcomes()) {
                    settled = true;
                    settling.now();
                } else {
                    settled = false;
                    monitor.await();
                }
            }
            return null;
        } finally {
            monitor.unlock();
        }
    }

    private boolean mayHandOut() {
        isFull = limit.isReached(backlog.unsettled());
        return !paused && !isFull;
    }

    /** The handler returned. */
    void succeeded(Handout handout) {
        answer(handout, null);
    }

    /** The handler threw. */
    void failed(Handout handout, Throwable cause) {
        answer(handout, policy.afterFailure(handout, cause));
    }

    private void answer(Handout handout, @Nullable DeliveryRow row) {
        monitor.lock();
        try {
            if (state == State.OVER) {
                log.warn(
                        "{}: the answer to {} is dropped, as the channel was given up meanwhile",
                        settling.claim(),
                        handout);
                return;
            }
            backlog.answered(new Outcome(handout.entry(), row));
            supply.ended(handout);
            if (limit.isNear(backlog.unsettled())) {
                settling.expedite();
            } else {
                settling.soon();
            }
        } finally {
            monitor.unlock();
        }
    }

    @Override
    public void settled(Backlog.Batch batch) {
        supply.noticed(batch.settlement().rows());
        if (isFull || supply.waitsForSettling() || state != State.SERVING) {
            monitor.wakeAll();
        }
        engine.progress().advance();
    }

    @Override
    public void reloaded(ChannelContents contents) {
        paused = contents.paused();
        supply.reloaded();
        log.info("{}: an operator changed the channel; it goes on from there", settling.claim());
    }

    @Override
    public void lost() {
        if (state == State.OVER) {
            return;
        }
        log.warn(
                "{}: another process took the channel, because this one seemed dead or hung; answers of handlers that still run"
                        + " are dropped",
                settling.claim());
        end();
        onLost.run();
    }

    private void end() {
        state = State.OVER;
        engine.signals().unsubscribe(settling.claim().topicId(), signal);
        supply.close();
        monitor.wakeAll();
    }

    /** Drops everything without writing; another process may have the channel. */
    void drop() {
        monitor.locked(() -> {
            if (state != State.OVER) {
                if (backlog.hasOutcomes()) {
                    log.warn(
                            "{}: answers that were not written yet are dropped, as the channel was given up",
                            settling.claim());
                }
                end();
            }
        });
    }

    /** Takes notice of the channel's row as it is now. */
    void noticed(ChannelStore.Notice notice) {
        monitor.locked(() -> {
            if (state == State.SERVING && notice.changes() != settling.claim().changes()) {
                settling.expedite();
            }
        });
    }

    /** The engine's clock jumped. */
    void clockJumped(Duration by) {
        clockJumps.jumped(by);
    }

    /** Up to where the log was read. */
    long readUpTo() {
        monitor.lock();
        try {
            return backlog.lane(Message.DEFAULT_PRIORITY).position();
        } finally {
            monitor.unlock();
        }
    }

    /** Which channel, and by which right. */
    Claim claim() {
        monitor.lock();
        try {
            return settling.claim();
        } finally {
            monitor.unlock();
        }
    }

    /** Hands out nothing more. */
    void stopHandingOut() {
        monitor.locked(() -> {
            if (state == State.SERVING) {
                state = State.STOPPING;
                supply.close();
                monitor.wakeAll();
            }
        });
    }

    /** Whether the channel was lost or given back. */
    boolean isOver() {
        monitor.lock();
        try {
            return state == State.OVER;
        } finally {
            monitor.unlock();
        }
    }

    /** Settles what is finished and gives the channel back. Nothing is accepted afterwards. */
    void giveBack(long deadlineNanos) {
        monitor.lock();
        try {
            if (state == State.OVER) {
                return;
            }
            boolean settled = settling.await(deadlineNanos);
            if (isOver()) {
                return;
            }
            release(settled ? backlog.unsettled() : Math.max(1, backlog.unsettled()));
            end();
            while (!released && deadlineNanos - System.nanoTime() > 0) {
                monitor.awaitNanos(deadlineNanos - System.nanoTime());
            }
        } finally {
            monitor.unlock();
        }
    }

    private void release(int unsettled) {
        Claim claim = settling.claim();
        engine.database()
                .writer()
                .submit(
                        transaction -> {
                            engine.store().channels().release(transaction, claim, unsettled);
                            return claim;
                        },
                        (done, failure) -> {
                            if (failure != null) {
                                log.warn(
                                        "{}: the channel could not be given back; it is free when this process ends, and what was in hand"
                                                + " is handled again",
                                        claim,
                                        failure);
                            }
                            monitor.locked(() -> {
                                released = true;
                                monitor.wakeAll();
                            });
                        });
    }
}
