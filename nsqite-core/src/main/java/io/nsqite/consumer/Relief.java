package io.nsqite.consumer;

import io.nsqite.store.DeliveryRow;
import io.nsqite.store.DeliveryState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Sees to it that a message that hangs does not make done rows pile up behind it. Guarded by the monitor. */
final class Relief {

    /** So many done rows behind a message that hangs, and it gets a row of its own so that the cursor can move on. */
    private static final int MAX_DONE_ROWS = 1000;

    private final HeadMoves headMoves;
    private final Consumer<Entry> blocked;

    /** @param blocked told of what waits behind another of its key, and gets a row as well */
    Relief(HeadMoves headMoves, Consumer<Entry> blocked) {
        this.headMoves = headMoves;
        this.blocked = blocked;
    }

    /** Rows for those that keep the cursors from moving. What a move is planned past has no need, and must have none when that commits. */
    List<DeliveryRow> rows(Lanes lanes) {
        List<DeliveryRow> rows = new ArrayList<>();
        lanes.forEach(lane -> {
            if (lane.doneAboveCursor() > MAX_DONE_ROWS) {
                lane.waiting().takeBlocked().forEach(blocked);
                lane.forEachHung(entry -> {
                    if (!headMoves.areAbout(entry)) {
                        rows.add(row(entry));
                    }
                });
            }
        });
        return rows;
    }

    private static DeliveryRow row(Entry entry) {
        return new DeliveryRow(entry.id(), entry.priority(), DeliveryState.RUNNING, null, 1, entry.key(), null);
    }
}
