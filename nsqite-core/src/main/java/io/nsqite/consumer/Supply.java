package io.nsqite.consumer;

import io.nsqite.database.Durability;
import io.nsqite.database.Reader;
import io.nsqite.message.Message;
import io.nsqite.store.ChannelContents;
import io.nsqite.store.Claim;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.Fence;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a channel's messages come from: the log, the table of those that left the straight way, and, after an unclean
 * takeover, the suspects. Guarded by the monitor, which it releases while it waits for the database.
 */
final class Supply {

    private static final Logger log = LoggerFactory.getLogger(Supply.class);

    private final Engine engine;
    private final Monitor monitor;
    private final Unlocked unlocked;
    private final Backlog backlog;
    private final Settling settling;
    private final Answers answers;
    private final Attempts attempts;
    private final InHandLimit limit;
    private final RetryPolicy policy;
    private final Turns turns;
    private final Portions portions;
    private final Retries retries;
    private final Suspects suspects;
    private final LogFeed feed;
    private final Repeat repeat;
    private boolean fetching;
    private boolean closed;

    /** How often the channel was loaded: what was looked up before says nothing of it any more. */
    private long loads;

    private boolean newBeforeDue = true;

    Supply(Engine engine, Monitor monitor, Settling settling, Answers answers, Suspects suspects) {
        this.engine = engine;
        this.monitor = monitor;
        this.settling = settling;
        this.answers = answers;
        this.suspects = suspects;
        InMemory memory = settling.memory();
        backlog = memory.backlog();
        limit = memory.limit();
        policy = memory.policy();
        turns = memory.turns();
        portions = memory.portions();
        unlocked = new Unlocked(monitor);
        attempts = new Attempts(engine, policy, memory.events());
        retries = new Retries(engine, attempts, memory, () -> monitor.locked(this::retryDue));
        feed = new LogFeed(engine, unlocked, backlog, settling, turns);
        repeat = new Repeat(log, settling.claim() + ": reading", engine.timer());
    }

    /** Something may have been committed to the topic. */
    void committed() {
        feed.committed();
    }

    /** Something of another priority than the default one may have been committed to the topic. */
    void committedWithPriority() {
        backlog.closeRun(); // as it may have to wait
        feed.committedWithPriority();
    }

    /** Something may be due. */
    void retryDue() {
        backlog.closeRun(); // as what is due takes turns with it
        retries.look();
        monitor.wakeOne();
    }

    /**
     * The next message; null if none is in memory. Of due and new messages the higher priority goes first; they take turns where that is
     * the same or does not matter.
     */
    @Nullable
    Handout next() {
        Handout suspect = suspects.next();
        if (suspect != null || !suspects.areCleared()) {
            return suspect;
        }
        Handout due = retries.first();
        return due == null && answers.areReturns() ? nextOfRun() : next(due);
    }

    /** The next that may share a batch with others; null if none is in memory. */
    @Nullable
    Handout nextOfBatch() {
        return suspects.areCleared() ? next(retries.firstNotRepeated()) : null;
    }

    /** The next that may go out with others, however often it was tried; null if none is in memory. */
    @Nullable
    Handout nextOfPortion() {
        return suspects.areCleared() ? next(retries.first()) : null;
    }

    private @Nullable Handout next(@Nullable Handout due) {
        Handout handout = due == null || isNewFirst(due) ? nextNew() : null;
        if (handout == null && due != null) {
            retries.take(due);
            return due;
        }
        return handout;
    }

    private boolean isNewFirst(Handout due) {
        int higher = backlog.lanes().nextPriority() - due.message().priority();
        if (higher != 0 && !turns.keepOrder()) {
            return higher > 0;
        }
        newBeforeDue = !newBeforeDue;
        return newBeforeDue;
    }

    private @Nullable Handout nextOfRun() {
        Handout begun = backlog.runs().begin();
        if (begun != null || !backlog.hasWaiting()) {
            return begun;
        }
        int length = limit.lengthOfRun(backlog.unsettled());
        List<Handout> run = new ArrayList<>(length);
        Entry entry = backlog.nextWaiting();
        while (entry != null) {
            run.add(Handout.ofRun(answers.replies(), entry));
            entry = run.size() < length ? backlog.nextWaiting() : null;
        }
        backlog.runs().open(new Run(run));
        return backlog.runs().begin();
    }

    private @Nullable Handout nextNew() {
        Entry entry = backlog.nextWaiting();
        return entry == null ? null : Handout.first(answers.replies(), entry);
    }

    /** Whether nothing is handed out before everything is settled. */
    boolean waitsForSettling() {
        return !suspects.areCleared();
    }

    /** Whether anything waits, or may wait as the next of its key, until something is settled. */
    boolean mayWaitForSettling() {
        return waitsForSettling() || turns.keepOrder();
    }

    /** Whether there is, or may be, something for another worker. */
    boolean hasMore() {
        return backlog.runs().hasNext()
                || backlog.hasWaiting()
                || retries.hasNext()
                || (!fetching && nextFetch() != null);
    }

    /** What was handed out has ended. */
    void ended(Handout handout) {
        suspects.ended(handout);
    }

    /** Takes notice of rows that were written. */
    void noticed(List<DeliveryRow> rows) {
        retries.noticed(rows);
    }

    /** The channel was loaded again: everything may be different. */
    void reloaded(ChannelContents contents) {
        loads++;
        turns.loaded(contents.keyed());
        suspects.reloaded(settling.claim(), contents);
        feed.reloaded();
        retries.look();
    }

    /** Hands out nothing more; what was begun and not handed out goes back to the backlog, to be settled. */
    void close() {
        closed = true;
        backlog.closeRun();
        retries.cancel();
        returnUnused();
    }

    void returnUnused() {
        retries.giveBack().forEach(backlog::answered);
        suspects.giveBack(policy::notStarted).ifPresent(backlog::answered);
    }

    /**
     * Does one step of fetching if there is one to do and nobody else is at it; false if not. To be called before
     * {@link #next}, so that of retries and new messages both are in memory where both wait, and can take turns.
     */
    boolean fetch() {
        Fetch fetch = fetching || repeat.isWaiting() ? null : nextFetch();
        if (fetch == null) {
            return false;
        }
        fetching = true;
        try {
            fetch.run();
            repeat.succeeded();
        } catch (Throwable e) { // an OutOfMemoryError, for example, must not end the worker
            feed.reloaded();
            retries.look();
            repeat.failed(e, this::fetchAgain);
        } finally {
            fetching = false;
        }
        if (closed) {
            returnUnused();
        }
        return true;
    }

    private void fetchAgain() {
        monitor.locked(() -> {
            repeat.trying();
            monitor.wakeOne();
        });
    }

    private @Nullable Fetch nextFetch() {
        if (!suspects.areCleared()) {
            return nextSuspectFetch();
        }
        Optional<Long> ended = backlog.reserved().nextEnded();
        if (ended.isPresent()) {
            return () -> verify(ended.get());
        }
        if ((retries.isDue() || turns.hasToLook()) && !retries.hasNext()) {
            return this::fetchRows;
        }
        return turns.hasUnseenHeld() ? this::findHeld : feed.nextStep();
    }

    private @Nullable Fetch nextSuspectFetch() {
        if (!suspects.areFound()) {
            return this::findSuspects;
        }
        if (suspects.isOneInHand() || backlog.hasOutcomes()) {
            return null;
        }
        return suspects.areHandled() ? this::recordCleared : this::beginSuspect;
    }

    private void findSuspects() throws SQLException {
        SuspectSearch search = suspects.search();
        Reader reader = engine.database().reader();
        List<DeliveryRow> found = unlocked.call(() -> search.find(feed.reading(), reader));
        // asked last: a row that an operator has deleted seems to be done, which would let the next of its key go first
        settling.obey(unlocked.call(
                () -> reader.read(connection -> engine.store().channels().fence(connection, search.claim()))));
        if (!search.claim().equals(settling.claim()) || !search.equals(suspects.search())) {
            return; // the channel was loaded again
        }
        suspects.found(found);
        if (found.isEmpty()) {
            log.debug("{}: an earlier owner ended without order, but had nothing in hand", settling.claim());
            return;
        }
        log.warn(
                "{}: an earlier owner ended without order; up to {} messages that it may have been handling are handled one at a"
                        + " time first",
                settling.claim(),
                found.size());
    }

    /** A transaction that wanted to cancel a message has ended: the log says how. */
    private void verify(long messageId) throws SQLException {
        Claim claim = settling.claim();
        boolean exists = unlocked.call(() -> engine.database()
                .reader()
                .read(connection -> engine.store()
                        .messages()
                        .find(connection, claim.topic(), messageId)
                        .isPresent()));
        backlog.reserved().release(messageId, exists);
    }

    private void findHeld() throws SQLException {
        Claim claim = settling.claim();
        long load = loads;
        List<String> keys =
                unlocked.call(() -> engine.database().reader().read(connection -> turns.nextHeld(connection, claim)));
        if (load == loads) { // else the search begins anew
            turns.foundHeld(keys);
        }
    }

    private void fetchRows() throws SQLException {
        Claim claim = settling.claim();
        long load = loads;
        retries.looking();
        List<String> keys = turns.takeToLook(portions.sideBySide());
        Retries.Look look;
        try {
            look = unlocked.call(() -> retries.look(claim, keys));
        } catch (Throwable e) {
            turns.lookAgain(keys);
            throw e;
        }
        settling.obey(look.fence());
        if (look.fence() != Fence.OURS) {
            return; // looked at again when the channel is loaded again
        }
        if (load != loads) {
            turns.lookAgain(keys);
            retries.look();
            return;
        }
        Turns.Seen seen = look.seen().without(backlog::isPending);
        Turns.Plan plan = turns.decide(seen, policy.now(), backlog.lanes().position());
        if (seen.due().size() == look.seen().due().size()) {
            retries.nextDue(look.nextDue()); // else the write that is to come asks for the next look
        }
        begin(claim, plan);
    }

    private void begin(Claim claim, Turns.Plan plan) throws SQLException {
        List<DeliveryRow> notBegun = new ArrayList<>(plan.begin());
        try {
            Attempts.Begun begun = unlocked.call(() -> retries.begin(claim, plan));
            List<Handout> handouts = handouts(begun);
            retries.begun(begun, handouts);
            backlog.closeRun(); // begun meanwhile, as if nothing were due
            begun.messages()
                    .keySet()
                    .forEach(started -> notBegun.removeIf(row -> row.messageId() == started.messageId()));
        } finally {
            turns.notBegun(notBegun);
        }
    }

    private void beginSuspect() throws SQLException {
        DeliveryRow row = suspects.first();
        Claim claim = settling.claim();
        Attempts.Begun begun = unlocked.call(() -> attempts.begin(claim, List.of(row), List.of()));
        List<Handout> handouts = handouts(begun);
        if (begun.fence() == Fence.OURS) {
            suspects.begun(row, handouts.isEmpty() ? null : handouts.get(0));
        }
    }

    private List<Handout> handouts(Attempts.Begun begun) {
        settling.obey(begun.fence());
        List<Handout> handouts = new ArrayList<>();
        for (Map.Entry<DeliveryRow, Message> attempt : begun.messages().entrySet()) {
            DeliveryRow row = attempt.getKey();
            handouts.add(Handout.recorded(answers.replies(), backlog.started(row), attempt.getValue(), row));
        }
        return handouts;
    }

    private void recordCleared() throws SQLException {
        Claim claim = settling.claim();
        Fence fence = unlocked.call(() -> engine.database()
                .writer()
                .call(transaction -> engine.store().channels().clean(transaction, claim), Durability.RELAXED));
        settling.obey(fence);
        if (fence != Fence.LOST) {
            suspects.recordedAsCleared();
            log.info("{}: what an earlier owner may have been handling is settled; normal running begins", claim);
        }
    }
}
