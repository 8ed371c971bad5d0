package io.nsqite.consumer;

import io.nsqite.message.Message;
import io.nsqite.store.ChannelContents;
import io.nsqite.store.Claim;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.DeliveryState;
import io.nsqite.store.Logged;
import io.nsqite.store.Mark;
import io.nsqite.store.Settlement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a channel has in memory: messages read and not yet handed out, those in hand, and outcomes not yet
 * written. Works out what to write; knows no database. Guarded by the tenure's lock.
 *
 * <p>The cursor of a priority can move up to the first message that is neither finished nor has a row of its own. What
 * is finished behind such a message gets a done row, which goes when the cursor passes it.
 */
final class Backlog {

    private final Cursors cursors;
    private final Lanes lanes;
    /** By id: those that have a row and lie above the cursor, or were in hand when the channel was loaded again. */
    private final Map<Long, Entry> known = new HashMap<>();

    private final Hands hands = new Hands();
    private final Reserved reserved;
    private final Runs runs = new Runs();
    private final DoneRows doneRows = new DoneRows();
    private final HeadMoves headMoves;
    private final Relief relief;
    private final Outcomes outcomes = new Outcomes();
    private boolean passed;

    Backlog(ChannelContents contents, Lanes.Kind kind) {
        cursors = new Cursors(contents.cursors());
        lanes = kind.lanes(cursors);
        reserved = new Reserved(lanes);
        headMoves = new HeadMoves(contents, cursors, lanes, doneRows.whenPassed(this::forget));
        relief = new Relief(headMoves, entry -> putAside(entry, DeliveryState.HELD, null));
        know(contents);
    }

    /** Outcomes that are being written. */
    record Batch(Settlement settlement, List<Outcome> outcomes, List<DeliveryRow> newRows) {}

    Lanes lanes() {
        return lanes;
    }

    /**
     * Takes in messages read from the log for a lane. What is delivered after a time is put aside even when that has come: it may be
     * cancelled until an attempt is written.
     */
    void add(Lane lane, List<Logged> messages, long readUpTo) {
        for (Logged logged : messages) {
            Message message = logged.message();
            Entry entry = known.isEmpty() ? null : known.get(message.id());
            if (entry != null) {
                addKnown(lane, entry, message);
            } else if (cursors.isAbove(message.id(), message.priority())) {
                addNew(lane, message, logged.deliverAt() == 0 ? null : logged.deliverAt());
            }
        }
        lane.readUpTo(readUpTo);
        lane.waiting().readUpTo(readUpTo);
        passed = true;
    }

    private void addKnown(Lane lane, Entry entry, Message message) {
        lane.add(entry);
        if (entry.isWaiting()) {
            place(lane, entry);
        } else if (entry.stored() == Entry.Stored.DONE_ROW) {
            doneRows.canBePassed();
        } else {
            lane.waiting().hasRow(entry.id(), message.key());
        }
    }

    private void addNew(Lane lane, Message message, @Nullable Long dueAt) {
        Entry entry = Entry.waiting(message);
        lane.add(entry);
        if (dueAt == null) {
            place(lane, entry);
        } else {
            putAside(entry, DeliveryState.SCHEDULED, dueAt);
        }
    }

    private void place(Lane lane, Entry entry) {
        if (lane.waiting().add(entry) == Waiting.Place.IN_TABLE) {
            putAside(entry, DeliveryState.HELD, null);
        }
    }

    private void putAside(Entry entry, DeliveryState state, @Nullable Long dueAt) {
        entry.putAside();
        Outcome outcome = Outcome.putAside(
                entry, new DeliveryRow(entry.id(), entry.priority(), state, dueAt, 0, entry.key(), null));
        outcomes.add(outcome);
        lanes.of(entry.priority()).waiting().pending(outcome);
    }

    /** The next message to hand out, of the highest priority; null if none waits. */
    @Nullable
    Entry nextWaiting() {
        Entry entry = reserved.poll();
        if (entry != null) {
            hands.took();
        }
        return entry;
    }

    /** The messages that workers begin without the monitor. */
    Runs runs() {
        return runs;
    }

    /** Has the rest of the run that is offered wait again. */
    void closeRun() {
        List<Handout> notBegun = runs.close();
        for (int last = notBegun.size() - 1; last >= 0; last--) { // as each goes to the front of what waits
            putBack(notBegun.get(last).entry(), notBegun.get(last).message());
        }
    }

    private void returned(Handout handout) {
        answered(Outcome.done(handout.entry()));
    }

    /** Withholds a message that a transaction wants to cancel; false if it was handed out, or may have been. */
    boolean reserve(Mark message) {
        closeRun();
        long id = message.messageId();
        Lane lane = lanes.of(message.priority());
        Entry entry = lane.find(id);
        boolean isWaiting = entry == null ? id > lane.position() && !known.containsKey(id) : entry.isWaiting();
        return isWaiting && reserved.reserve(id);
    }

    Reserved reserved() {
        return reserved;
    }

    boolean hasWaiting() {
        return lanes.hasWaiting();
    }

    /** Whether the table has a row of it, or is about to get one. */
    boolean hasOrGetsRow(Entry entry) {
        return outcomes.giveRowTo(entry.id()) || entry.stored() == Entry.Stored.DELIVERY_ROW;
    }

    /** One that was handed out was not begun, and waits again. */
    void putBack(Entry entry, Message message) {
        hands.gaveBack();
        entry.putBack(message);
        if (entry.isInLane()) {
            lanes.of(entry.priority()).waiting().putBack(entry);
        } // else the channel was loaded again, and it is about to be read again
    }

    /** An attempt of a message with a row is recorded; the entry to hand out. */
    Entry started(DeliveryRow row) {
        Entry entry = known.get(row.messageId());
        if (entry == null) {
            entry = Entry.stored(row);
        }
        entry.store(Entry.Stored.DELIVERY_ROW);
        if (isAboveCursor(entry)) {
            known.put(entry.id(), entry);
        }
        entry.takeAgain(row.key());
        hands.tookWithRow(entry);
        lanes.of(row.priority()).waiting().inHand(entry);
        return entry;
    }

    private boolean isAboveCursor(Entry entry) {
        return cursors.isAbove(entry.id(), entry.priority());
    }

    /** What was in hand has ended. */
    void answered(Outcome outcome) {
        hands.ended(outcome.entry());
        outcome.entry().finish();
        outcomes.add(outcome);
        lanes.of(outcome.entry().priority()).waiting().ended(outcome);
    }

    /** What was in hand is settled by a transaction of the application, which may have left a done row. */
    void acknowledged(Entry entry, boolean leavesDoneRow) {
        hands.endedSettled(entry);
        entry.finish();
        Lane lane = lanes.of(entry.priority());
        if (!leavesDoneRow) {
            known.remove(entry.id());
        } else {
            hasDoneRow(lane, entry);
            doneRows.left(entry);
        }
        lane.waiting().acknowledged(entry);
    }

    /** If the channel was loaded again after the commit, another entry may stand for the message. */
    private void hasDoneRow(Lane lane, Entry entry) {
        Entry current = entry.isInLane() ? entry : known.getOrDefault(entry.id(), entry);
        if (lane.hasPassed(current)) {
            doneRows.isObsolete(entry.id());
            known.remove(entry.id());
        } else {
            current.store(Entry.Stored.DONE_ROW);
            known.put(entry.id(), current);
            doneRows.canBePassed();
        }
    }

    /** Moves of the cursors that handlers' transactions make. */
    HeadMoves headMoves() {
        return headMoves;
    }

    /** Plans one past messages in hand; null if it is not possible, or others are being written whose writing may move the cursor. */
    @Nullable
    HeadMove beginMove(Claim claim, List<Entry> entries) {
        return outcomes.areBeingWritten() ? null : headMoves.begin(claim, entries);
    }

    /** A move is committed, and what was in hand settled with it. */
    void acknowledged(HeadMove move) {
        if (!headMoves.committed(move)) {
            move.entries().forEach(entry -> answered(Outcome.done(entry))); // as the tables may not say it any more
            return;
        }
        move.entries().forEach(entry -> {
            hands.endedSettled(entry);
            entry.finish();
        });
    }

    /** How many were handed out and are not settled in the tables yet. */
    int unsettled() {
        return hands.unsettled();
    }

    /** How many are in the hands of handlers. */
    int inHand() {
        return hands.inHand();
    }

    /** How many of them handlers have begun and not ended. */
    int begun() {
        runs.harvest(this::returned);
        return hands.inHand() - runs.notBegun();
    }

    /** Whether there is an outcome to write. */
    boolean hasOutcomes() {
        runs.harvest(this::returned);
        return !outcomes.isEmpty();
    }

    /** Whether an outcome of it is still to be written: the table may show it all the same, if a commit only seemed to fail. */
    boolean isPending(long id) {
        return outcomes.areAbout(id);
    }

    /** How many outcomes wait for a batch. */
    int outcomes() {
        return outcomes.waiting();
    }

    /** Whether the cursor could move far, or past done rows, though nothing was handed out. */
    boolean isWorthMoving() {
        return isWorthMoving(lanes.mayStayBehind());
    }

    boolean isWorthMoving(long skipped) {
        return doneRows.areToGo() || (passed && lanes.farthest() > skipped);
    }

    /** What to write now. The same again until it is {@link #settled} or {@link #reload}ed. */
    Batch collect() {
        doneRows.collecting(); // whatever is loaded from now on shows them
        headMoves.collecting();
        runs.harvestAnew(this::returned);
        return outcomes.batch(this::newBatch);
    }

    private Batch newBatch() {
        passed = false;
        BatchBuilder builder = new BatchBuilder(lanes, cursors, doneRows.takeObsolete());
        builder.pass(this::forget);
        List<DeliveryRow> newRows = relief.rows(lanes); // before the outcomes are taken, as it adds some
        return builder.build(outcomes.takeWaiting(), newRows);
    }

    /** The batch is committed. */
    void settled(Batch committed) {
        outcomes.committed();
        committed.settlement().moves().forEach(cursors::moved);
        for (Outcome outcome : committed.outcomes()) {
            remember(outcome.entry(), outcome.isDone() ? Entry.Stored.DONE_ROW : Entry.Stored.DELIVERY_ROW);
            settled(outcome);
        }
        for (DeliveryRow row : committed.newRows()) {
            gotRow(row);
        }
    }

    private void settled(Outcome outcome) {
        outcome.committed();
        if (outcome.wasInHand()) {
            hands.settled();
        }
        lanes.of(outcome.entry().priority()).waiting().settled(outcome);
    }

    private void remember(Entry entry, Entry.Stored stored) {
        if (isAboveCursor(entry)) {
            entry.store(stored);
            known.put(entry.id(), entry);
        } else {
            forget(entry);
        }
    }

    private void forget(Entry entry) {
        if (!known.isEmpty()) {
            known.remove(entry.id());
        }
    }

    /** It may have been answered since; then the row goes with its outcome, which is still to be written. */
    private void gotRow(DeliveryRow row) {
        Entry entry = lanes.of(row.priority()).find(row.messageId());
        if (entry != null && entry.stored() == Entry.Stored.NOTHING) {
            entry.store(Entry.Stored.DELIVERY_ROW);
            known.put(entry.id(), entry);
            if (entry.isInHand()) {
                hands.hasRow(entry);
            }
            lanes.of(row.priority()).waiting().hasRow(entry.id(), entry.key());
        }
    }

    /** Starts from what the tables hold now, and settles anew what is in hand or was being written. */
    void reload(ChannelContents contents) {
        closeRun();
        Map<Long, Entry> kept = new HashMap<>();
        lanes.forEach(lane -> lane.forEachInHand(entry -> kept.put(entry.id(), entry)));
        hands.forEachWithRow(entry -> kept.put(entry.id(), entry));
        known.values().stream().filter(Entry::isInHand).forEach(entry -> kept.put(entry.id(), entry));
        outcomes.restart();
        outcomes.forEachWaiting(outcome -> kept.put(outcome.entry().id(), outcome.entry()));
        cursors.load(contents.cursors());
        headMoves.reload(contents);
        reserved.clear();
        known.clear();
        lanes.forEach(Lane::restart);
        know(contents);
        doneRows.reload().stream()
                .filter(mark -> cursors.isAbove(mark.messageId(), mark.priority()))
                .forEach(mark -> know(mark, Entry.Stored.DONE_ROW));
        kept.values().forEach(this::keep);
        outcomes.forEachWaiting(
                outcome -> lanes.of(outcome.entry().priority()).waiting().pending(outcome));
    }

    /** Above the cursor the table says which rows there are: an operator who moved the cursor back has deleted some. */
    private void keep(Entry entry) {
        Entry loaded = known.put(entry.id(), entry);
        if (isAboveCursor(entry)) {
            entry.store(loaded == null ? Entry.Stored.NOTHING : loaded.stored());
        }
        if (entry.isInHand()) {
            lanes.of(entry.priority()).waiting().inHand(entry);
        }
    }

    private void know(ChannelContents contents) {
        contents.done().forEach(mark -> know(mark, Entry.Stored.DONE_ROW));
        contents.passedByRow().forEach(mark -> know(mark, Entry.Stored.DELIVERY_ROW));
    }

    private void know(Mark mark, Entry.Stored stored) {
        known.put(mark.messageId(), Entry.stored(mark, stored));
    }
}
