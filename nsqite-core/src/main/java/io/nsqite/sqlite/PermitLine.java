package io.nsqite.sqlite;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for the permit, and for how long whoever runs may take it past them. A hand-over costs a switch to another thread, whose
 * connection has to read again what others have changed: as much as one to three short transactions. So the permit is handed over only after a
 * slice, in which one thread can write many times.
 *
 * <p>A slice is at most {@value #SLICE_MICROS} microseconds, and all those that wait together get no more than {@value #ROUND_MICROS}, so that
 * a long line has short slices.
 *
 * <p>Within a slice the first of the line is woken once. If it comes too late, it looks again when the slice has ended; until then it is
 * woken only by a holder of whom it isn't known that it takes the permit again at once. What a holder did last is what it is expected to
 * do: a thread that writes one transaction after the other wakes nobody in between, and one that has other things to do leaves no gap.
 *
 * <p>Guarded by the permit's lock.
 */
final class PermitLine {

    static final long SLICE_MICROS = 500;
    static final long ROUND_MICROS = 4_000;

    private static final long SLICE_NANOS = TimeUnit.MICROSECONDS.toNanos(SLICE_MICROS);
    private static final long ROUND_NANOS = TimeUnit.MICROSECONDS.toNanos(ROUND_MICROS);

    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private long sliceSince;
    private @Nullable PermitHolder last;

    /** A connection that waits. */
    static final class Waiter {

        final PermitHolder candidate;
        final Thread thread = Thread.currentThread();
        final long since = System.nanoTime();
        private boolean woken;
        private @Nullable Long looksAgainAt;
        private volatile boolean cancelled;

        private Waiter(PermitHolder candidate) {
            this.candidate = candidate;
        }

        /** Its waiting is to fail. */
        void cancel() {
            cancelled = true;
        }

        boolean isCancelled() {
            return cancelled;
        }

        /** How long it may sleep; it looks again by itself at the end of the slice. For its own thread. */
        long sleepNanos(long limit, long now) {
            Long at = looksAgainAt;
            return at == null ? limit : Math.min(limit, Math.max(1, at - now));
        }
    }

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    int size() {
        return waiters.size();
    }

    Iterable<Waiter> all() {
        return waiters;
    }

    Waiter join(PermitHolder candidate) {
        Waiter waiter = new Waiter(candidate);
        waiters.addLast(waiter);
        return waiter;
    }

    void leave(Waiter waiter) {
        waiters.remove(waiter);
    }

    /** Whether one that does not stand in the line may take a free permit. */
    boolean mayPass(PermitHolder candidate, long now) {
        if (waiters.isEmpty()) {
            sliceSince = now;
            return true;
        }
        candidate.comesBack(candidate == last);
        return nanosLeft(now) > 0;
    }

    private long nanosLeft(long now) {
        return Math.min(SLICE_NANOS, ROUND_NANOS / waiters.size()) - (now - sliceSince);
    }

    /** The permit is free: whether this waiter, whose thread calls, is the one who takes it. */
    boolean takesFree(Waiter waiter, long now) {
        if (waiters.peekFirst() != waiter) {
            return false;
        }
        waiters.removeFirst();
        sliceSince = now;
        if (last != null) {
            last.comesBack(false);
        }
        return true;
    }

    /** This waiter, whose thread calls, has not got the permit and goes to sleep. */
    void sleeps(Waiter waiter, long now) {
        waiter.woken = false;
        long left = waiters.peekFirst() == waiter ? nanosLeft(now) : 0;
        waiter.looksAgainAt = left > 0 ? now + left : null;
    }

    /** The holder gives the permit back: the waiter who gets it, if the slice has ended. */
    @Nullable
    Waiter next(PermitHolder holder, long now) {
        last = holder;
        if (waiters.isEmpty() || nanosLeft(now) > 0) {
            return null;
        }
        sliceSince = now;
        return waiters.removeFirst();
    }

    /** Whom to wake because the permit is free; null if nobody has to be. */
    @Nullable
    Thread wake(PermitHolder holder) {
        Waiter first = waiters.peekFirst();
        if (first == null || first.woken || (first.looksAgainAt != null && holder.comesBack())) {
            return null;
        }
        first.woken = true;
        return first.thread;
    }
}
