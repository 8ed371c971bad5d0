package io.nsqite.consumer;

import io.nsqite.message.Message;
import io.nsqite.store.ChannelContents;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.Settlement;
import io.nsqite.store.Settlement.CursorMove;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a channel has in memory: messages read and not yet handed out, those in hand, and outcomes not yet
 * written. Works out what to write; knows no database. Guarded by the tenure's lock.
 *
 * <p>The cursor of a priority can move up to the first message that is neither finished nor has a row of its own. What
 * is finished behind such a message gets a done row, which goes when the cursor passes it.
 */
final class Backlog {

    /** So many done rows behind a message that hangs, and it gets a row of its own so that the cursor can move on. */
    private static final int MAX_DONE_ROWS = 1000;

    private final Lane[] lanes;
    /** By id: those that have a row and lie above the cursor, or were in hand when the channel was loaded again. */
    private final Map<Long, Entry> known = new HashMap<>();

    private final Set<Entry> inHandWithRow = new HashSet<>();
    private List<Outcome> outcomes = new ArrayList<>();
    private @Nullable Batch batch;
    private int unsettled;
    private boolean passed;
    private boolean passedDoneRow;

    Backlog(ChannelContents contents) {
        lanes = Lane.at(contents.cursors());
        know(contents);
    }

    /** Outcomes that are being written. */
    record Batch(Settlement settlement, List<Outcome> outcomes, List<DeliveryRow> newRows) {}

    Lane lane(int priority) {
        return lanes[priority];
    }

    /** Takes in messages of one priority read from the log. */
    void add(int priority, List<Message> messages, long readUpTo) {
        Lane lane = lanes[priority];
        for (Message message : messages) {
            Entry entry = known.isEmpty() ? null : known.get(message.id());
            lane.add(Lane.entryFor(message, entry));
            passedDoneRow |= entry != null && entry.stored() == Entry.Stored.DONE_ROW;
        }
        lane.readUpTo(readUpTo);
        passed = true;
    }

    /** The next message to hand out, of the highest priority; null if none waits. */
    @Nullable
    Entry nextWaiting() {
        for (int priority = lanes.length - 1; priority >= 0; priority--) {
            Entry entry = lanes[priority].nextWaiting();
            if (entry != null) {
                unsettled++;
                return entry;
            }
        }
        return null;
    }

    boolean hasWaiting() {
        for (Lane lane : lanes) {
            if (lane.hasWaiting()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the message is known already, so that nothing must be done about it by way of the log. */
    boolean knows(long id) {
        return known.containsKey(id);
    }

    /** An attempt of a message with a row is recorded; the entry to hand out. */
    Entry started(DeliveryRow row) {
        Entry entry = known.get(row.messageId());
        if (entry == null) {
            entry = Entry.stored(row.messageId(), row.priority(), Entry.Stored.DELIVERY_ROW);
        }
        entry.store(Entry.Stored.DELIVERY_ROW);
        if (isAboveCursor(entry)) {
            known.put(entry.id(), entry);
        }
        entry.takeAgain();
        inHandWithRow.add(entry);
        unsettled++;
        return entry;
    }

    private boolean isAboveCursor(Entry entry) {
        return entry.id() > lanes[entry.priority()].cursor();
    }

    /** What was in hand has ended. */
    void answered(Outcome outcome) {
        outcome.entry().finish();
        inHandWithRow.remove(outcome.entry());
        outcomes.add(outcome);
    }

    /** How many were handed out and are not settled in the tables yet. */
    int unsettled() {
        return unsettled;
    }

    /** Whether there is an outcome to write. */
    boolean hasOutcomes() {
        return !outcomes.isEmpty() || batch != null;
    }

    /** Whether the cursor could move far, or past done rows, though nothing was handed out. */
    boolean isWorthMoving(int messages) {
        Lane straight = lanes[Message.DEFAULT_PRIORITY];
        return passedDoneRow || (passed && straight.position() - straight.cursor() > messages);
    }

    /** What to write now. The same again until it is {@link #settled} or {@link #reload}ed. */
    Batch collect() {
        if (batch == null) {
            batch = newBatch();
        }
        return batch;
    }

    private Batch newBatch() {
        List<Outcome> taken = outcomes;
        outcomes = new ArrayList<>();
        passed = false;
        passedDoneRow = false;
        List<CursorMove> moves = new ArrayList<>();
        List<Long> obsoleteDone = new ArrayList<>();
        List<DeliveryRow> newRows = new ArrayList<>();
        long[] to = new long[lanes.length];
        for (Lane lane : lanes) {
            CursorMove move = lane.moveTo(lane.pass(entry -> forget(entry, obsoleteDone)));
            to[move.priority()] = move.to();
            if (move.to() != move.from()) {
                moves.add(move);
            }
            if (lane.doneAboveCursor() > MAX_DONE_ROWS) {
                newRows.addAll(lane.rowsForThoseInHand());
            }
        }
        return new Batch(settlement(taken, moves, obsoleteDone, newRows, to), taken, newRows);
    }

    private void forget(Entry entry, List<Long> obsoleteDone) {
        if (entry.stored() == Entry.Stored.DONE_ROW) {
            obsoleteDone.add(entry.id());
        }
        known.remove(entry.id());
    }

    private static Settlement settlement(
            List<Outcome> taken,
            List<CursorMove> moves,
            List<Long> obsoleteDone,
            List<DeliveryRow> newRows,
            long[] to) {
        List<Long> done = new ArrayList<>();
        List<Long> settledRows = new ArrayList<>();
        List<DeliveryRow> rows = new ArrayList<>(newRows);
        for (Outcome outcome : taken) {
            Entry entry = outcome.entry();
            if (outcome.row() != null) {
                rows.add(outcome.row());
                continue;
            }
            if (entry.stored() == Entry.Stored.DELIVERY_ROW) {
                settledRows.add(entry.id());
            }
            if (entry.id() > to[entry.priority()]) {
                done.add(entry.id());
            }
        }
        return new Settlement(moves, done, obsoleteDone, rows, settledRows);
    }

    /** The batch is committed. */
    void settled(Batch committed) {
        batch = null;
        committed.settlement().moves().forEach(move -> lanes[move.priority()].moved(move));
        for (Outcome outcome : committed.outcomes()) {
            remember(outcome.entry(), outcome.isDone() ? Entry.Stored.DONE_ROW : Entry.Stored.DELIVERY_ROW);
        }
        unsettled -= committed.outcomes().size();
        for (DeliveryRow row : committed.newRows()) {
            gotRow(row);
        }
    }

    private void remember(Entry entry, Entry.Stored stored) {
        if (isAboveCursor(entry)) {
            entry.store(stored);
            known.put(entry.id(), entry);
        } else {
            known.remove(entry.id());
        }
    }

    /** It may have been answered since; then the row goes with its outcome, which is still to be written. */
    private void gotRow(DeliveryRow row) {
        Entry entry = lanes[row.priority()].find(row.messageId());
        if (entry != null) {
            entry.store(Entry.Stored.DELIVERY_ROW);
            known.put(entry.id(), entry);
            if (entry.isInHand()) {
                inHandWithRow.add(entry);
            }
        }
    }

    /** Starts from what the tables hold now, and settles anew what is in hand or was being written. */
    void reload(ChannelContents contents) {
        Map<Long, Entry> kept = new HashMap<>();
        for (Lane lane : lanes) {
            lane.forEachInHand(entry -> kept.put(entry.id(), entry));
        }
        inHandWithRow.forEach(entry -> kept.put(entry.id(), entry));
        known.values().stream().filter(Entry::isInHand).forEach(entry -> kept.put(entry.id(), entry));
        if (batch != null) {
            outcomes.addAll(0, batch.outcomes());
            batch = null;
        }
        outcomes.forEach(outcome -> kept.put(outcome.entry().id(), outcome.entry()));
        for (Lane lane : lanes) {
            lane.restart(contents.cursors()[lane.priority()]);
        }
        known.clear();
        know(contents);
        kept.values().forEach(this::keep);
    }

    /** Above the cursor the table says which rows there are: an operator who moved the cursor back has deleted some. */
    private void keep(Entry entry) {
        Entry loaded = known.put(entry.id(), entry);
        if (isAboveCursor(entry)) {
            entry.store(loaded == null ? Entry.Stored.NOTHING : loaded.stored());
        }
    }

    private void know(ChannelContents contents) {
        contents.done().forEach(id -> know(id, Entry.Stored.DONE_ROW));
        contents.passedByRow().forEach(id -> know(id, Entry.Stored.DELIVERY_ROW));
    }

    private void know(long id, Entry.Stored stored) {
        known.put(id, Entry.stored(id, Message.DEFAULT_PRIORITY, stored));
    }
}
