package io.nsqite.consumer;

import io.nsqite.database.Durability;
import io.nsqite.message.Message;
import io.nsqite.store.Claim;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.Fence;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a channel's messages come from: the log, the retries that are due, and, after an unclean takeover, the suspects.
 * Guarded by the monitor, which it releases while it waits for the database.
 */
final class Supply {

    private static final Logger log = LoggerFactory.getLogger(Supply.class);
    private static final int SKIPPED_BEFORE_CURSOR_MOVES = 100_000;

    private final Engine engine;
    private final Monitor monitor;
    private final Backlog backlog;
    private final Settling settling;
    private final Attempts attempts;
    private final RetryPolicy policy;
    private final Retries retries;
    private final Suspects suspects;
    private final LogReading reading;
    private final Repeat repeat;
    private boolean unread = true;
    private boolean fetching;
    private boolean closed;
    private boolean retryBeforeNew;

    Supply(Engine engine, Monitor monitor, Backlog backlog, Settling settling, RetryPolicy policy, Suspects suspects) {
        this.engine = engine;
        this.monitor = monitor;
        this.backlog = backlog;
        this.settling = settling;
        this.policy = policy;
        this.suspects = suspects;
        attempts = new Attempts(engine, policy);
        retries = new Retries(engine, attempts, () -> monitor.locked(this::retryDue));
        reading = new LogReading(engine.database().reader(), engine.store().messages());
        repeat = new Repeat(log, settling.claim() + ": reading", engine.timer());
    }

    /** Something may have been committed to the topic. */
    void committed() {
        unread = true;
        monitor.wakeOne();
    }

    /** Something may be due. */
    void retryDue() {
        retries.look();
        monitor.wakeOne();
    }

    /** The next message; null if none is in memory. Due and new messages take turns while both wait. */
    @Nullable
    Handout next() {
        Handout suspect = suspects.next();
        if (suspect != null || !suspects.areCleared()) {
            return suspect;
        }
        retryBeforeNew = !retryBeforeNew;
        Handout handout = retryBeforeNew ? retries.next() : null;
        if (handout == null) {
            handout = nextNew();
        }
        return handout == null ? retries.next() : handout;
    }

    private @Nullable Handout nextNew() {
        Entry entry = backlog.nextWaiting();
        return entry == null
                ? null
                : new Handout(entry, entry.take(), settling.claim().channel(), 1, policy.isLast(1), null);
    }

    private Handout handout(DeliveryRow row, Message message) {
        int attempt = row.attempts();
        String channel = settling.claim().channel();
        return new Handout(backlog.started(row), message, channel, attempt, policy.isLast(attempt), row);
    }

    /** Whether nothing is handed out before everything is settled. */
    boolean waitsForSettling() {
        return !suspects.areCleared();
    }

    /** Whether there is, or may be, something for another worker. */
    boolean hasMore() {
        return backlog.hasWaiting() || retries.hasNext() || (!fetching && (unread || retries.isDue()));
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
    void reloaded() {
        unread = true;
        retries.look();
    }

    /** Hands out nothing more; what was begun and not handed out goes back to the backlog, to be settled. */
    void close() {
        closed = true;
        retries.cancel();
        returnUnused();
    }

    private void returnUnused() {
        retries.giveBack().forEach(backlog::answered);
        suspects.giveBack().ifPresent(backlog::answered);
    }

    /**
     * Does one step of fetching if there is one to do and nobody else is at it; false if not. To be called before {@link #next}, so that
     * of retries and new messages both are in memory where both wait, and can take turns.
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
            unread = true;
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

    private interface Fetch {
        void run() throws SQLException;
    }

    private @Nullable Fetch nextFetch() {
        if (!suspects.areCleared()) {
            return nextSuspectFetch();
        }
        if (retries.isDue() && !retries.hasNext()) {
            return this::fetchDue;
        }
        return unread && !backlog.hasWaiting() ? this::readLog : null;
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
        List<DeliveryRow> found = unlocked(() -> suspects.find(reading));
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

    private void readLog() throws SQLException {
        unread = false;
        Lane lane = backlog.lane(Message.DEFAULT_PRIORITY);
        long after = lane.position();
        Claim claim = settling.claim();
        LogReading.Step step = unlocked(() -> reading.read(claim, lane.priority(), after));
        if (lane.position() != after || !claim.equals(settling.claim())) {
            unread = true; // the channel was loaded again meanwhile
            return;
        }
        backlog.add(lane.priority(), step.messages(), step.readUpTo());
        unread |= !step.atEnd();
        if (backlog.isWorthMoving(SKIPPED_BEFORE_CURSOR_MOVES)) {
            settling.soon();
        }
    }

    private void fetchDue() throws SQLException {
        Claim claim = settling.claim();
        retries.looking();
        Retries.Found found = unlocked(() -> retries.fetch(claim, policy.concurrency()));
        retries.fetched(found, handouts(found.begun()));
    }

    private void beginSuspect() throws SQLException {
        DeliveryRow row = suspects.first();
        Claim claim = settling.claim();
        Attempts.Begun begun = unlocked(() -> attempts.begin(claim, List.of(row)));
        List<Handout> handouts = handouts(begun);
        if (begun.fence() == Fence.OURS) {
            suspects.begun(handouts.isEmpty() ? null : handouts.get(0));
        }
    }

    private List<Handout> handouts(Attempts.Begun begun) {
        settling.obey(begun.fence());
        List<Handout> handouts = new ArrayList<>();
        for (Map.Entry<DeliveryRow, Message> attempt : begun.messages().entrySet()) {
            handouts.add(handout(attempt.getKey(), attempt.getValue()));
        }
        return handouts;
    }

    private void recordCleared() throws SQLException {
        Claim claim = settling.claim();
        Fence fence = unlocked(() -> engine.database()
                .writer()
                .call(transaction -> engine.store().channels().clean(transaction, claim), Durability.RELAXED));
        settling.obey(fence);
        if (fence != Fence.LOST) {
            suspects.recordedAsCleared();
            log.info("{}: what an earlier owner may have been handling is settled; normal running begins", claim);
        }
    }

    private interface Step<T> {
        T run() throws SQLException;
    }

    private <T> T unlocked(Step<T> step) throws SQLException {
        monitor.unlock();
        try {
            return step.run();
        } finally {
            monitor.lock();
        }
    }
}
