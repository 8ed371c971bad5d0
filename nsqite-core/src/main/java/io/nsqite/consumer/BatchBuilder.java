package io.nsqite.consumer;

import io.nsqite.store.DeliveryRow;
import io.nsqite.store.Settlement;
import io.nsqite.store.Settlement.CursorMove;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Works out what to write about outcomes: how far the cursors move, and which rows come and go. Guarded by the monitor. */
final class BatchBuilder {

    private final Lanes lanes;
    private final Cursors cursors;
    private final List<Long> obsoleteDone;
    private final List<CursorMove> moves = new ArrayList<>();
    private final long[] to = new long[Cursors.PRIORITIES];

    /** @param strayDone done rows that the cursor has passed before they were known */
    BatchBuilder(Lanes lanes, Cursors cursors, List<Long> strayDone) {
        this.lanes = lanes;
        this.cursors = cursors;
        obsoleteDone = new ArrayList<>(strayDone);
    }

    /** Has the cursors pass what they may. */
    void pass(Consumer<Entry> passed) {
        lanes.forEach(lane -> {
            to[lane.priority()] = lane.pass(entry -> {
                if (entry.stored() == Entry.Stored.DONE_ROW) {
                    obsoleteDone.add(entry.id());
                }
                passed.accept(entry);
            });
            lane.moveTo(to[lane.priority()], moves);
        });
    }

    /** With the outcomes, and rows for messages that are still in hand. */
    Backlog.Batch build(List<Outcome> outcomes, List<DeliveryRow> newRows) {
        List<Long> done = new ArrayList<>();
        List<Long> settledRows = new ArrayList<>();
        List<DeliveryRow> rows = new ArrayList<>(newRows);
        for (Outcome outcome : outcomes) {
            if (outcome.row() != null) {
                rows.add(outcome.row());
                continue;
            }
            Entry entry = outcome.entry();
            if (entry.stored() == Entry.Stored.DELIVERY_ROW) {
                settledRows.add(entry.id());
            }
            if (staysAbove(entry)) {
                done.add(entry.id());
            }
        }
        return new Backlog.Batch(new Settlement(moves, done, obsoleteDone, rows, settledRows), outcomes, newRows);
    }

    /** A lane of all priorities reads again from the least cursor, below others that have passed the message. */
    private boolean staysAbove(Entry entry) {
        long movesTo = to[lanes.of(entry.priority()).priority()];
        return cursors.isAbove(entry.id(), entry.priority()) && entry.id() > movesTo;
    }
}
