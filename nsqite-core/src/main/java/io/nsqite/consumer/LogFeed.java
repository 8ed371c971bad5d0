package io.nsqite.consumer;

import io.nsqite.message.Message;
import io.nsqite.store.Claim;
import io.nsqite.store.Fence;
import io.nsqite.store.MessageLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the log into the backlog when there is something to read and room for it. Guarded by the monitor. */
final class LogFeed {

    /** So many outcomes of messages that were put aside may wait to be written before reading goes on. */
    private static final int MAX_PUT_ASIDE = LogReading.MAX_ROWS;

    private final Engine engine;
    private final Unlocked unlocked;
    private final Backlog backlog;
    private final Settling settling;
    private final Turns turns;
    private final LogReading reading;
    private boolean unread = true;
    private boolean prioritiesUnread = true;
    private long[] newestByPriority = new long[Cursors.PRIORITIES];

    LogFeed(Engine engine, Unlocked unlocked, Backlog backlog, Settling settling, Turns turns) {
        this.engine = engine;
        this.unlocked = unlocked;
        this.backlog = backlog;
        this.settling = settling;
        this.turns = turns;
        MessageLog messages = engine.store().messages();
        FarLook farLook = new FarLook(engine.database().scout(), messages);
        reading = new LogReading(engine.database().reader(), messages, engine.clock(), farLook);
    }

    LogReading reading() {
        return reading;
    }

    /** Something may have been committed. */
    void committed() {
        unread = true;
    }

    /** Something of another priority than the default one may have been committed. */
    void committedWithPriority() {
        unread = true;
        prioritiesUnread = true;
    }

    /** Whether a step would find something, as far as is known. */
    boolean hasMore() {
        return nextStep() != null;
    }

    /** The step to do next; null if there is none, or no room. */
    @Nullable
    Fetch nextStep() {
        if (backlog.outcomes() > MAX_PUT_ASIDE) {
            return null;
        }
        if (prioritiesUnread) {
            return this::lookAtPriorities;
        }
        Lane lane = laneToRead();
        return lane == null ? null : () -> read(lane);
    }

    /** The highest that has something to read; null if one at least as high has something in memory. */
    private @Nullable Lane laneToRead() {
        for (Lane lane : backlog.lanes().all()) {
            if (!lane.waiting().isEmpty()) {
                return null;
            }
            if (isUnread(lane)) {
                return lane;
            }
        }
        return null;
    }

    private boolean isUnread(Lane lane) {
        return isStraight(lane) ? unread : newestByPriority[lane.priority()] > lane.position();
    }

    private static boolean isStraight(Lane lane) {
        return lane.priority() == Message.DEFAULT_PRIORITY;
    }

    private void lookAtPriorities() throws SQLException {
        prioritiesUnread = false;
        if (backlog.lanes().all().size() == 1) {
            return; // all are read in their order
        }
        Claim claim = settling.claim();
        newestByPriority = unlocked.call(() -> reading.newestByPriority(claim));
    }

    private void read(Lane lane) throws SQLException {
        if (isStraight(lane)) {
            unread = false;
        }
        long after = lane.position();
        Claim claim = settling.claim();
        LogReading.Step step = unlocked.call(() -> reading.read(claim, lane.reads(), after));
        Set<String> unknown = turns.unknownKeys(step.messages());
        if (!unknown.isEmpty()) {
            Found found = unlocked.call(
                    () -> engine.database().reader().read(connection -> find(claim, unknown, connection)));
            settling.obey(found.fence());
            if (found.fence() != Fence.OURS) {
                return; // read again when the channel is loaded again
            }
            turns.foundRows(found.keys());
        }
        if (lane.position() != after || !claim.equals(settling.claim())) {
            reloaded(); // the channel was loaded again meanwhile
            return;
        }
        lane.isOnItsWay(!step.atEnd() && step.messages().isEmpty());
        backlog.add(lane, step.messages(), step.readUpTo());
        if (isStraight(lane)) {
            unread |= !step.atEnd();
        }
        if (backlog.isWorthMoving() || backlog.hasOutcomes()) {
            settling.soon();
        }
    }

    /** Keys that have messages in the table, and whether no operator can have deleted others meanwhile. */
    private record Found(Set<String> keys, Fence fence) {}

    private Found find(Claim claim, Set<String> keys, Connection connection) throws SQLException {
        Set<String> withRows = turns.withRows(connection, claim, keys);
        return new Found(withRows, engine.store().channels().fence(connection, claim));
    }

    /** The channel was loaded again: everything may be different. */
    void reloaded() {
        reading.forget();
        unread = true;
        prioritiesUnread = true;
    }
}
