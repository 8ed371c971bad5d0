package io.nsqite.store;

import java.util.List;

/**
 * What an owner writes about messages of its channel in one transaction.
 *
 * @param moves how far the cursors move
 * @param done messages settled above the cursor
 * @param passed messages settled above the cursor earlier, which it passes now
 * @param rows messages that leave the straight way, or what becomes of those that have left it
 * @param settledRows messages that had left the straight way and are settled
 */
public record Settlement(
        List<CursorMove> moves, List<Long> done, List<Long> passed, List<DeliveryRow> rows, List<Long> settledRows) {

    /** A cursor's move, which names where it moves from. */
    public record CursorMove(int priority, long from, long to) {}

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return moves.isEmpty() && done.isEmpty() && passed.isEmpty() && rows.isEmpty() && settledRows.isEmpty();
    }
}
