package io.nsqite.bus;

import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue for any number of threads on both sides, which never blocks. {@link java.util.concurrent.ArrayBlockingQueue}, used first, was
 * fast enough on an idle machine, but fell to a third as soon as others wanted the processor: who holds its lock and loses the processor
 * stops everybody.
 *
 * <p>The algorithm is Dmitry Vyukov's bounded MPMC queue: each slot has a turn, which says for which position it is to be filled or emptied next. A
 * thread claims a position by moving the tail or the head, works on its slot alone, and passes the turn on. Two things are added: any
 * capacity, by a bound on the tail that follows the head only when it is reached, so that writers rarely look at what readers write; and an
 * end, a bit in the tail, so that an element is either claimed before the end or refused, and never both.
 */
final class Ring {

    /** In the tail: no more are let in. */
    private static final long ENDED = Long.MIN_VALUE;

    /** So far apart that no two of them share a line of the cache, nor its neighbour, which processors fetch along. */
    private static final int HEAD = 16;

    private static final int TAIL = 32;
    private static final int BOUND = 48;
    private static final int FIELDS = 64;

    private final int capacity;
    private final int mask;
    private final @Nullable Object[] slots;
    private final AtomicLongArray turns;
    private final AtomicLongArray positions = new AtomicLongArray(FIELDS);

    Ring(int capacity) {
        this.capacity = capacity;
        int size = Math.max(2, Integer.highestOneBit(2 * capacity - 1));
        mask = size - 1;
        slots = new Object[size];
        turns = new AtomicLongArray(size);
        for (int i = 0; i < size; i++) {
            turns.setPlain(i, i);
        }
        positions.set(BOUND, capacity);
    }

    /** Lets an element in, if there is room and no end. */
    Reception offer(Object element) {
        while (true) {
            long tail = positions.get(TAIL);
            if (tail < 0) {
                return Reception.ENDED;
            }
            int slot = (int) tail & mask;
            if (!isWithinBound(tail) || turns.getAcquire(slot) < tail) {
                return Reception.FULL;
            }
            if (turns.getAcquire(slot) == tail && positions.compareAndSet(TAIL, tail, tail + 1)) {
                slots[slot] = element;
                turns.set(slot, tail + 1);
                return Reception.ACCEPTED;
            }
        }
    }

    private boolean isWithinBound(long tail) {
        if (tail < positions.get(BOUND)) {
            return true;
        }
        long bound = positions.get(HEAD) + capacity;
        if (tail >= bound) {
            return false;
        }
        positions.set(BOUND, bound); // perhaps back to an older one, which costs another look
        return true;
    }

    /** Takes the first element; null if there is none, or it is not quite there. */
    @Nullable
    Object poll() {
        while (true) {
            long head = positions.get(HEAD);
            int slot = (int) head & mask;
            long turn = turns.getAcquire(slot);
            if (turn <= head) {
                return null;
            }
            if (turn == head + 1 && positions.compareAndSet(HEAD, head, head + 1)) {
                Object element = slots[slot];
                slots[slot] = null;
                turns.set(slot, head + mask + 1);
                return element;
            }
        }
    }

    /** Whether there is an element to be polled. */
    boolean hasNext() {
        while (true) {
            long head = positions.get(HEAD);
            boolean filled = turns.get((int) head & mask) == head + 1;
            if (filled || positions.get(HEAD) == head) {
                return filled;
            }
        }
    }

    /** Whether an element would be let in. */
    boolean hasRoom() {
        while (true) {
            long tail = positions.get(TAIL);
            if (tail < 0) {
                return false;
            }
            boolean free = tail < positions.get(HEAD) + capacity && turns.get((int) tail & mask) == tail;
            if (free || positions.get(TAIL) == tail) {
                return free;
            }
        }
    }

    /** Lets no more in. Those who have claimed a position fill it. */
    void end() {
        long tail = positions.get(TAIL);
        while (tail >= 0 && !positions.compareAndSet(TAIL, tail, tail | ENDED)) {
            tail = positions.get(TAIL);
        }
    }

    /** How many have claimed a position and were not taken. */
    int size() {
        long head = positions.get(HEAD);
        long tail = positions.get(TAIL) & ~ENDED;
        return (int) Math.min(capacity, Math.max(0, tail - head));
    }
}
