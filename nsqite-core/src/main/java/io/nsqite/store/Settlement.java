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
 * @param inHand how many messages may be in hand from now on; 0 for as many as before
 */
public record Settlement(
        List<CursorMove> moves,
        List<Long> done,
        List<Long> passed,
        List<DeliveryRow> rows,
        List<Long> settledRows,
        int inHand) {

    /** One that leaves the number of messages in hand as it is. */
    public Settlement(
            List<CursorMove> moves,
            List<Long> done,
            List<Long> passed,
            List<DeliveryRow> rows,
            List<Long> settledRows) {
        this(moves, done, passed, rows, settledRows, 0);
    }

    /** The same, with another number of messages that may be in hand. */
    public Settlement withInHand(int newInHand) {
        return new Settlement(moves, done, passed, rows, settledRows, newInHand);
    }

    /** A cursor's move, which names where it moves from. */
    public record CursorMove(int priority, long from, long to) {}

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return moves.isEmpty()
                && done.isEmpty()
                && passed.isEmpty()
                && rows.isEmpty()
                && settledRows.isEmpty()
                && inHand == 0;
    }
}
