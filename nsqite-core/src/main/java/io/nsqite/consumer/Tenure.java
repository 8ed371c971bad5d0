package io.nsqite.consumer;

import io.nsqite.store.CancelStore;
import io.nsqite.store.ChannelContents;
import io.nsqite.store.ChannelStore;
import io.nsqite.store.Claim;
import io.nsqite.store.Mark;
import io.nsqite.wakeup.TopicReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time during which this process owns a channel. Hands out its messages to the workers and takes in what became of
 * them. The workers themselves fetch: the one that finds nothing to do reads the log, so that between a commit and the
 * handler there is one change of threads.
 */
final class Tenure implements Holding, Settling.SettlingListener, Answers.EndListener, TopicReader {

    private static final Logger log = LoggerFactory.getLogger(Tenure.class);

    private static final long PAUSE_NANOS = 100_000_000;

    private final Engine engine;
    private final Runnable onLost;
    private final Monitor monitor = new Monitor();
    private final Backlog backlog;
    private final Settling settling;
    private final Supply supply;
    private final Answers answers;
    private final RetryClock clock;
    private final ClockJumps clockJumps;
    private final Portions portions;
    private final HandingOut handingOut;
    private boolean paused;
    private boolean pausedHere;
    private boolean released;
    private State state = State.SERVING;

    private enum State {
        SERVING,
        STOPPING,
        OVER
    }

    /** What was found when the channel was taken. */
    record Opening(ChannelStore.Taken taken, ChannelContents contents, RetryClock clock) {
        /** Of a channel that this transaction has taken. */
        static Opening of(Engine engine, Connection transaction, ChannelStore.Taken taken) throws SQLException {
            ChannelStore channels = engine.store().channels();
            Claim claim = taken.claim();
            RetryClock clock = new RetryClock(engine.clock(), channels.clocks(transaction, claim));
            channels.setClocks(transaction, claim, clock.read());
            return new Opening(taken, channels.load(transaction, claim), clock);
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
    Tenure(Engine engine, Subscription subscription, Opening opening, Runnable onLost) {
        this.engine = engine;
        this.onLost = onLost;
        paused = opening.contents().paused();
        InMemory memory = InMemory.of(engine, subscription, opening);
        backlog = memory.backlog();
        portions = memory.portions();
        settling = new Settling(engine, monitor, opening.claim(), memory, this);
        answers = new Answers(engine, subscription.options(), monitor, settling, this);
        SuspectSearch search = new SuspectSearch(opening.taken(), opening.contents(), backlog.lanes(), memory.turns());
        supply = new Supply(engine, monitor, settling, answers, new Suspects(search));
        clock = opening.clock();
        clockJumps = new ClockJumps(engine, this::claim, clock::read);
        handingOut = new HandingOut(settling, supply, answers);
        engine.signals().subscribe(opening.claim().topicId(), this);
        portions.begin(new TenureSource(monitor, answers));
    }

    @Override
    public void committed() {
        committed(supply::committed);
    }

    @Override
    public void committedWithPriority() {
        committed(supply::committedWithPriority);
    }

    private void committed(Runnable notice) {
        monitor.locked(() -> {
            notice.run();
            if (!isPaused()) {
                monitor.wakeOne();
            }
        });
    }

    private boolean isPaused() {
        return paused || pausedHere;
    }

    /** The next messages for a worker, which waits for them: one, or a batch; none when the tenure ends. */
    List<Handout> next() {
        Handout ofRun = backlog.runs().begin();
        if (ofRun != null) {
            return List.of(ofRun);
        }
        monitor.lock();
        try {
            boolean settled = false;
            while (state == State.SERVING) {
                portions.looking();
                if (mayHandOut() && supply.fetch()) {
                    settled = false;
                    continue;
                }
                Handout handout = mayHandOut() ? supply.next() : null;
                if (handout != null) {
                    return handOut(handout);
                }
                handingOut.nothing();
                if (!settled && backlog.hasOutcomes()) {
                    settled = true;
                    settling.whenIdle(handingOut.isFull() || supply.mayWaitForSettling());
                } else {
                    settled = false;
                    monitor.await();
                }
            }
            return List.of();
        } finally {
            monitor.unlock();
        }
    }

    private List<Handout> handOut(Handout first) {
        List<Handout> portion = handingOut.portion(first);
        if (supply.hasMore()) {
            monitor.wakeOne();
        }
        return portion;
    }

    private boolean mayHandOut() {
        return !isPaused() && handingOut.isPossible();
    }

    /** Takes in what became of the messages. */
    Answers answers() {
        return answers;
    }

    @Override
    public void ended(Handout handout) {
        supply.ended(handout);
        portions.ended(handout);
        if (state != State.SERVING) {
            monitor.wakeAll(); // somebody waits for the last to be answered
        }
    }

    @Override
    public void setPausedHere(boolean newPausedHere) {
        monitor.locked(() -> {
            pausedHere = newPausedHere;
            backlog.closeRun();
            monitor.wakeAll();
        });
    }

    @Override
    public void settled(Backlog.Batch batch) {
        supply.noticed(batch.settlement().rows());
        if (handingOut.isFull() || supply.waitsForSettling() || state != State.SERVING) {
            monitor.wakeAll();
        } else if (supply.hasMore()) {
            monitor.wakeOne(); // the next of a key, or there is room for more to put aside, while all workers wait
        }
        engine.progress().advance();
    }

    @Override
    public void reloaded(ChannelContents contents) {
        paused = contents.paused();
        supply.reloaded(contents);
        log.info(
                "{}: an operator changed the channel, or a message with a key was cancelled; it goes on from there",
                settling.claim());
    }

    @Override
    public void lost() {
        if (state == State.OVER) {
            return;
        }
        log.warn(
                "{}: another process took the channel, because this one seemed dead or hung, or an operator deleted it; answers"
                        + " of handlers that still run are dropped",
                settling.claim());
        end();
        onLost.run();
    }

    private void end() {
        state = State.OVER;
        engine.signals().unsubscribe(settling.claim().topicId(), this);
        supply.close();
        backlog.runs().end();
        answers.close();
        portions.end();
        monitor.wakeAll();
        monitor.wakeAfterWrite();
    }

    @Override
    public void drop() {
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

    @Override
    public void noticed(ChannelStore.Notice notice) {
        monitor.locked(() -> {
            if (state == State.SERVING && notice.changes() != settling.claim().changes()) {
                settling.expedite();
            }
        });
    }

    @Override
    public void clockJumped() {
        monitor.locked(supply::retryDue);
        clockJumps.jumped();
    }

    @Override
    public Optional<Runnable> reserve(CancelStore.Holder holder, long messageId) {
        monitor.lock();
        try {
            boolean isOurs = state == State.SERVING && settling.claim().ownerId() == holder.ownerId();
            return isOurs && backlog.reserve(new Mark(messageId, holder.priority()))
                    ? Optional.of(() -> monitor.locked(() -> reservationEnded(messageId)))
                    : Optional.empty();
        } finally {
            monitor.unlock();
        }
    }

    private void reservationEnded(long messageId) {
        backlog.reserved().ended(messageId);
        monitor.wakeOne();
    }

    @Override
    public long readUpTo() {
        return monitor.asked(() -> backlog.lanes().position());
    }

    @Override
    public int inFlight() {
        return monitor.asked(backlog::begun);
    }

    @Override
    public Claim claim() {
        return monitor.asked(settling::claim);
    }

    @Override
    public void stopHandingOut() {
        monitor.locked(() -> {
            if (state == State.SERVING) {
                state = State.STOPPING;
                supply.close();
                portions.stopping();
                monitor.wakeAll();
            }
        });
    }

    /** Finds out whether the channel is still this process's. */
    void checkClaim() {
        monitor.locked(settling::now);
    }

    /** Waits for a change of whatever kind, or a moment. */
    void awaitChange() {
        monitor.locked(() -> monitor.awaitNanos(PAUSE_NANOS));
    }

    @Override
    public boolean awaitAnswers(long deadlineNanos) {
        monitor.lock();
        try {
            while (backlog.inHand() > 0 && state != State.OVER && deadlineNanos - System.nanoTime() > 0) {
                monitor.awaitNanos(deadlineNanos - System.nanoTime());
            }
            return backlog.inHand() == 0;
        } finally {
            monitor.unlock();
        }
    }

    @Override
    public boolean isOver() {
        monitor.lock();
        try {
            return state == State.OVER;
        } finally {
            monitor.unlock();
        }
    }

    @Override
    public void giveBack(long deadlineNanos) {
        monitor.lock();
        try {
            if (state == State.OVER) {
                return;
            }
            boolean settled = settling.await(deadlineNanos);
            if (isOver()) {
                return;
            }
            // what handlers had and gave back counts as in hand, as the tables say nothing else of it
            int unsettled = backlog.unsettled() + backlog.reserved().received();
            release(settled ? unsettled : Math.max(1, unsettled));
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
        GivingBack.begin(
                engine,
                claim,
                transaction -> {
                    ChannelStore channels = engine.store().channels();
                    channels.setClocks(transaction, claim, clock.read());
                    channels.release(transaction, claim, unsettled);
                },
                () -> monitor.locked(() -> {
                    released = true;
                    monitor.wakeAll();
                }));
    }
}
