package io.nsqite.consumer;

import io.nsqite.message.Message;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.DeliveryState;
import io.nsqite.store.Settlement.CursorMove;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one priority between the cursor and the position up to which the log was read, in their order. Guarded
 * by the tenure's lock.
 */
final class Lane {

    private final int priority;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private long cursor;
    private long position;

    Lane(int priority, long cursor) {
        this.priority = priority;
        this.cursor = cursor;
        position = cursor;
    }

    int priority() {
        return priority;
    }

    /** Where the cursor stands in the table. */
    long cursor() {
        return cursor;
    }

    /** Up to where the log was read. */
    long position() {
        return position;
    }

    void add(Entry entry) {
        entries.addLast(entry);
        if (entry.isWaiting()) {
            waiting.addLast(entry);
        }
    }

    void readUpTo(long newPosition) {
        position = newPosition;
    }

    @Nullable
    Entry nextWaiting() {
        return waiting.pollFirst();
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /** Drops what the cursor may pass from the front, and says where the cursor goes. */
    long pass(Consumer<Entry> passed) {
        for (Entry head = entries.peekFirst(); head != null && head.isPassable(); head = entries.peekFirst()) {
            passed.accept(entries.removeFirst());
        }
        Entry head = entries.peekFirst();
        return head == null ? position : Math.max(cursor, head.id() - 1);
    }

    CursorMove moveTo(long to) {
        return new CursorMove(priority, cursor, to);
    }

    void moved(CursorMove move) {
        cursor = move.to();
    }

    /** How many are done behind one that is not. */
    int doneAboveCursor() {
        int done = 0;
        for (Entry entry : entries) {
            if (entry.stored() == Entry.Stored.DONE_ROW) {
                done++;
            }
        }
        return done;
    }

    /** Rows for those in hand which keep the cursor from moving, so that it can pass them. */
    List<DeliveryRow> rowsForThoseInHand() {
        List<DeliveryRow> rows = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.isWaiting()) {
                break;
            }
            if (entry.isInHand() && entry.stored() == Entry.Stored.NOTHING) {
                rows.add(new DeliveryRow(entry.id(), priority, DeliveryState.RUNNING, null, 1, null, null));
            }
        }
        return rows;
    }

    @Nullable
    Entry find(long id) {
        for (Entry entry : entries) {
            if (entry.id() == id) {
                return entry;
            }
        }
        return null;
    }

    void forEachInHand(Consumer<Entry> action) {
        for (Entry entry : entries) {
            if (entry.isWaiting()) {
                break;
            }
            if (entry.isInHand()) {
                action.accept(entry);
            }
        }
    }

    /** Reads again from a cursor. */
    void restart(long newCursor) {
        entries.clear();
        waiting.clear();
        cursor = newCursor;
        position = newCursor;
    }

    static Lane[] at(long[] cursors) {
        Lane[] lanes = new Lane[cursors.length];
        for (int priority = 0; priority < cursors.length; priority++) {
            lanes[priority] = new Lane(priority, cursors[priority]);
        }
        return lanes;
    }

    /** The entry for a message that was read: the one that is known already, or a new one. */
    static Entry entryFor(Message message, @Nullable Entry known) {
        return known == null ? Entry.waiting(message) : known;
    }
}
