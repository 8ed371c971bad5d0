package io.nsqite.consumer;

import io.nsqite.database.Writer;
import io.nsqite.store.ChannelContents;
import io.nsqite.store.ChannelStore;
import io.nsqite.store.Claim;
import io.nsqite.store.Fence;
import io.nsqite.store.Settlement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes outcomes: late by a bounded time so that many share a commit, at once when there is nothing else to do, one batch
 * at a time, and again without end if the database refuses.
 */
final class Settling {

    private static final Logger log = LoggerFactory.getLogger(Settling.class);
    private static final Duration DELAY = Duration.ofMillis(2);

    private final Writer writer;
    private final ChannelStore channels;
    private final Monitor monitor;
    private final InMemory memory;
    private final Backlog backlog;
    private final InHandLimit limit;
    private final SettlingListener listener;
    private final Repeat repeat;
    private Claim claim;
    private Writer.@Nullable Late late;
    private long lastWritten = System.nanoTime() - DELAY.toNanos();

    Settling(Engine engine, Monitor monitor, Claim claim, InMemory memory, SettlingListener listener) {
        writer = engine.database().writer();
        channels = engine.store().channels();
        this.monitor = monitor;
        this.claim = claim;
        this.memory = memory;
        backlog = memory.backlog();
        limit = memory.limit();
        this.listener = listener;
        repeat = new Repeat(log, claim + ": settling", engine.timer());
    }

    /** Told with the monitor held. */
    interface SettlingListener {

        /** Something was settled. */
        void settled(Backlog.Batch batch);

        /** An operator changed something, and the channel was loaded again. */
        void reloaded(ChannelContents contents);

        /** Another process has the channel. */
        void lost();
    }

    private record Written(
            Fence fence,
            Backlog.Batch batch,
            int inHand,
            @Nullable ChannelContents contents) {}

    InMemory memory() {
        return memory;
    }

    /** The claim as it is now; with the monitor held. */
    Claim claim() {
        return claim;
    }

    /** Whether the database has refused the last write; with the monitor held. */
    boolean isRefused() {
        return repeat.isFailing();
    }

    /** Has outcomes written within a short time; with the monitor held. */
    void soon() {
        if (late != null || repeat.isWaiting()) {
            return;
        }
        Writer.Late submitted = writer.submitLate(
                this::write, (written, failure) -> monitor.locked(() -> written(written, failure)), DELAY);
        late = repeat.isWaiting() ? null : submitted; // a closed writer has refused it by now
    }

    /** Has outcomes written by the writer's thread without further delay; with the monitor held. */
    void expedite() {
        soon();
        if (late != null) {
            late.expedite();
        }
    }

    /** Writes outcomes now, on this thread unless somebody writes already; with the monitor held, which it releases. */
    void now() {
        soon();
        Writer.Late waiting = late;
        if (waiting != null) {
            monitor.released(waiting::runNow);
        }
    }

    /**
     * There is nothing else to do: writes outcomes now, unless others were written just before. So what a slow stream leaves is written at
     * once, and what a fast one leaves shares commits, though its worker is idle after each message. With the monitor held, which it may
     * release.
     *
     * @param isWaitedFor whether something can't be handed out before
     */
    void whenIdle(boolean isWaitedFor) {
        if (isWaitedFor || System.nanoTime() - lastWritten >= DELAY.toNanos()) {
            now();
        } else {
            soon();
        }
    }

    /** Acts on what a write of somebody else's found; with the monitor held, which it may release. */
    void obey(Fence fence) {
        switch (fence) {
            case OURS -> {}
            case CHANGED -> now();
            case LOST -> listener.lost();
        }
    }

    private Written write(Connection transaction) throws SQLException {
        readMovesInDoubt(transaction);
        Claim under;
        Backlog.Batch batch;
        int inHand;
        monitor.lock();
        try {
            under = claim;
            batch = backlog.collect();
            inHand = limit.propose();
        } finally {
            monitor.unlock();
        }
        Settlement settlement = batch.settlement()
                .withInHand(limit.changeTo(inHand))
                .at(memory.policy().now());
        Fence fence = settlement.isEmpty()
                ? channels.fence(transaction, under)
                : channels.settle(transaction, under, settlement);
        return new Written(fence, batch, inHand, fence == Fence.CHANGED ? channels.load(transaction, under) : null);
    }

    /** No handler's transaction ends now, as this one has the write lock: what has ended before is seen. */
    private void readMovesInDoubt(Connection transaction) throws SQLException {
        Claim under = monitor.asked(() -> backlog.headMoves().areInDoubt() ? claim : null);
        if (under != null) {
            Optional<long[]> doneTo = channels.cursors(transaction, under);
            monitor.locked(() -> doneTo.ifPresent(backlog.headMoves()::found));
        }
    }

    private void written(@Nullable Written written, @Nullable Throwable failure) {
        late = null;
        if (written == null) {
            repeat.failed(Objects.requireNonNull(failure), this::tryAgain);
            return;
        }
        repeat.succeeded();
        lastWritten = System.nanoTime();
        switch (written.fence()) {
            case OURS -> settled(written);
            case CHANGED -> reloaded(Objects.requireNonNull(written.contents()));
            case LOST -> listener.lost();
        }
    }

    private void settled(Written written) {
        backlog.settled(written.batch());
        limit.store(written.inHand(), backlog.unsettled());
        listener.settled(written.batch());
        monitor.wakeAfterWrite();
        if (backlog.hasOutcomes() || backlog.isWorthMoving()) { // since this batch was collected
            soon();
        }
    }

    private void reloaded(ChannelContents contents) {
        claim = claim.withChanges(contents.changes());
        backlog.reload(contents);
        listener.reloaded(contents);
        monitor.wakeAll();
        if (backlog.hasOutcomes()) {
            soon();
        }
    }

    private void tryAgain() {
        monitor.locked(() -> {
            repeat.trying();
            soon();
        });
    }

    /** Waits until everything is settled; false if that did not succeed in time. With the monitor held. */
    boolean await(long deadlineNanos) {
        while (backlog.hasOutcomes() && deadlineNanos - System.nanoTime() > 0) {
            expedite();
            monitor.awaitNanos(deadlineNanos - System.nanoTime());
        }
        return !backlog.hasOutcomes();
    }
}
