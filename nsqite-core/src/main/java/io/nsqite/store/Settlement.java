package io.nsqite.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an owner writes about messages of its channel in one transaction.
 *
 * @param moves how far the cursors move
 * @param done messages settled above the cursor
 * @param passed messages settled above the cursor earlier, which it passes now
 * @param rows messages that leave the straight way, or what becomes of those that have left it
 * @param settledRows messages that had left the straight way and are settled
 * @param inHand how many messages may be in hand from now on; 0 for as many as before
 * @param clocks what the clocks show, at the earliest when the last of the rows got its time; null if none has a time that matters
 */
public record Settlement(
        List<CursorMove> moves,
        List<Long> done,
        List<Long> passed,
        List<DeliveryRow> rows,
        List<Long> settledRows,
        int inHand,
        @Nullable Clocks clocks) {

    /** One that leaves the number of messages in hand as it is. */
    public Settlement(
            List<CursorMove> moves,
            List<Long> done,
            List<Long> passed,
            List<DeliveryRow> rows,
            List<Long> settledRows) {
        this(moves, done, passed, rows, settledRows, 0, null);
    }

    /** The same, with another number of messages that may be in hand. */
    public Settlement withInHand(int newInHand) {
        return new Settlement(moves, done, passed, rows, settledRows, newInHand, clocks);
    }

    /** The same, written at a time. */
    public Settlement at(Clocks now) {
        return new Settlement(moves, done, passed, rows, settledRows, inHand, now);
    }

    /** Whether a message of it waits for another attempt. */
    boolean hasRetries() {
        return rows.stream().anyMatch(row -> row.state() == DeliveryState.DUE);
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
