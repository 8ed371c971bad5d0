package io.nsqite.consumer;

import io.nsqite.message.Message;
import io.nsqite.store.Settlement.CursorMove;
import io.nsqite.store.Stretch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages between the cursor and the position up to which the log was read, in their order: of one priority, or of all
 * where priorities don't matter. Guarded by the tenure's lock.
 */
final class Lane {

    /** So far a cursor may stay behind where no message of its priority comes by; it is read over again at the next start. */
    private static final long FAR_BEHIND = 10_000;

    /** So far a cursor may stay behind a reader that finds nothing for this channel: who counts looks over it all. */
    private static final long NEAR = 10_000;

    /** And so far while the reader is on its way through a long stretch without an own message, as to write costs more than to look again. */
    private static final long FAR = 500_000;

    private final int priority;
    private final boolean coversAll;
    private final Cursors cursors;
    private final Waiting waiting;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long position;
    private boolean onItsWay;

    /** The priorities besides its own of which it has passed messages, as bits. */
    private int passedPriorities;

    private Lane(int priority, boolean coversAll, Cursors cursors, Waiting waiting) {
        this.priority = priority;
        this.coversAll = coversAll;
        this.cursors = cursors;
        this.waiting = waiting;
        position = start();
    }

    /** Of one priority. */
    static Lane ofPriority(int priority, Cursors cursors) {
        return new Lane(priority, false, cursors, new WaitingInOrder());
    }

    /** Of all priorities, in the order of publishing. */
    static Lane ofAll(Cursors cursors, Waiting waiting) {
        return new Lane(Message.DEFAULT_PRIORITY, true, cursors, waiting);
    }

    private long start() {
        return coversAll ? cursors.least() : cursors.of(priority);
    }

    /** Which messages it reads: of a priority, or {@link Stretch#ALL_PRIORITIES}. */
    int reads() {
        return coversAll ? Stretch.ALL_PRIORITIES : priority;
    }

    int priority() {
        return priority;
    }

    Waiting waiting() {
        return waiting;
    }

    /** Where the cursor stands in the table. */
    long cursor() {
        return cursors.of(priority);
    }

    /** Up to where the log was read. */
    long position() {
        return position;
    }

    void add(Entry entry) {
        entry.enterLane();
        entries.addLast(entry);
    }

    void readUpTo(long newPosition) {
        position = newPosition;
    }

    /** Whether there is more to read, and nothing was found last. */
    void isOnItsWay(boolean newOnItsWay) {
        onItsWay = newOnItsWay;
    }

    /** How far the cursor in the table may stay behind the position where no message keeps it from moving. */
    long mayStayBehind() {
        return onItsWay ? FAR : NEAR;
    }

    /** Whether the cursor has passed it, though that may not be written yet. */
    boolean hasPassed(Entry entry) {
        return !entry.isInLane() && entry.id() <= position;
    }

    /** Drops what the cursor may pass from the front, and says where the cursor goes. */
    long pass(Consumer<Entry> passed) {
        for (Entry head = entries.peekFirst(); head != null && head.isPassable(); head = entries.peekFirst()) {
            entries.removeFirst();
            head.leaveLane();
            passedPriorities |= 1 << head.priority();
            passed.accept(head);
        }
        Entry head = entries.peekFirst();
        return head == null ? position : Math.max(start(), head.id() - 1);
    }

    /**
     * Where the cursor goes when what a handler has is finished; empty if there are others before or between, of which the tables don't
     * say what becomes of them.
     *
     * @param entries what the handler has, in the order of publishing
     */
    Optional<Long> endOfHead(List<Entry> entries) {
        if (coversAll) {
            return Optional.empty(); // the cursors of several priorities would move
        }
        Iterator<Entry> handled = entries.iterator();
        Iterator<Entry> inOrder = this.entries.iterator();
        Entry head = nextWithoutRow(inOrder);
        while (handled.hasNext()) {
            if (head != handled.next()) {
                return Optional.empty();
            }
            head = nextWithoutRow(inOrder);
        }
        return Optional.of(head == null ? position : head.id() - 1);
    }

    private static @Nullable Entry nextWithoutRow(Iterator<Entry> entries) {
        while (entries.hasNext()) {
            Entry entry = entries.next();
            if (entry.stored() == Entry.Stored.NOTHING) {
                return entry;
            }
        }
        return null;
    }

    /** Drops what the cursor has passed; whether it can pass more. */
    boolean passUpTo(long to, Consumer<Entry> passed) {
        for (Entry head = entries.peekFirst(); head != null && head.id() <= to; head = entries.peekFirst()) {
            entries.removeFirst();
            head.leaveLane();
            passed.accept(head);
        }
        Entry head = entries.peekFirst();
        return head != null && head.isPassable();
    }

    /** How the cursors move: its own, and those of other priorities of which it has passed messages. */
    void moveTo(long to, List<CursorMove> moves) {
        passedPriorities |= 1 << priority;
        for (int other = 0; other < Cursors.PRIORITIES; other++) {
            boolean passed = (passedPriorities & 1 << other) != 0;
            if (passed ? to > cursors.of(other) : coversAll && to - cursors.of(other) > FAR_BEHIND) {
                moves.add(new CursorMove(other, cursors.of(other), to));
            }
        }
        passedPriorities = 0;
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

    /** Those in hand without a row, up to the first that waits: they keep the cursor from moving. */
    void forEachHung(Consumer<Entry> action) {
        for (Entry entry : entries) {
            if (entry.isWaiting()) {
                return;
            }
            if (entry.isInHand() && entry.stored() == Entry.Stored.NOTHING) {
                action.accept(entry);
            }
        }
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
            if (entry.isInHand()) {
                action.accept(entry);
            }
        }
    }

    /** Reads again from the cursor. */
    void restart() {
        entries.forEach(Entry::leaveLane);
        entries.clear();
        waiting.clear();
        passedPriorities = 0;
        onItsWay = false;
        position = start();
    }
}
