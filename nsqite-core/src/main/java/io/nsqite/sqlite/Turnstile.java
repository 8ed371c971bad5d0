package io.nsqite.sqlite;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the permit passes while other processes write to the same database: one of those that wait is the next, and whoever has just
 * written can't overtake it. Without this SQLite's lock goes to whoever asks at the right moment, which is the one that has just had it.
 *
 * <p>It only makes turns fair; that one writes at a time is SQLite's own doing. So every trouble is overcome by going on without it: a file
 * that fails, and a process that stands in the way for {@value #PATIENCE_MILLIS} ms, because it writes for long or is suspended. For
 * {@value #DISTRUST_MILLIS} ms after that nobody waits here; who can be the next without waiting still is, while it waits for SQLite.
 *
 * <p>State is guarded by the permit's lock. In a process that is alone all this costs a volatile read.
 */
final class Turnstile {

    static final long PATIENCE_MILLIS = 50;
    static final long DISTRUST_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Turnstile.class);
    private static final long FIRST_PAUSE = TimeUnit.MICROSECONDS.toNanos(10);
    private static final long LONGEST_PAUSE = TimeUnit.MICROSECONDS.toNanos(250);

    /** How long the permit may go from thread to thread in this process while another process waits. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ReentrantLock lock;
    private final Predicate<PermitHolder> hasPermit;
    private volatile @Nullable TurnLocks locks;
    private long turnSince;
    private long waitsAgainAt = System.nanoTime();
    private boolean warned;

    /**
     * Not in use.
     *
     * @param lock the permit's
     */
    Turnstile(ReentrantLock lock, Predicate<PermitHolder> hasPermit) {
        this.lock = lock;
        this.hasPermit = hasPermit;
    }

    /** The locks to pass from now on; none for a process that is alone. Whose turn it is keeps it as far as SQLite is concerned. */
    void use(@Nullable TurnLocks newLocks) {
        lock.lock();
        try {
            TurnLocks old = locks;
            locks = newLocks;
            if (old != null) {
                old.close();
            }
        } catch (IOException e) {
            LOG.debug("Closing the locks of a turnstile failed", e);
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is in use, and the others find the same file. */
    boolean isInPlace() {
        TurnLocks current = locks;
        return current != null && current.isInPlace();
    }

    /** Whoever has just got the permit waits here until it is the turn of this process, if that is soon. */
    void pass(PermitHolder holder, Patience patience) {
        if (locks == null || advance(holder)) {
            return;
        }
        long start = System.nanoTime();
        await(holder, start, Math.min(patience.remainingNanos(), patienceNanos(start)));
        holder.waited(System.nanoTime() - start);
    }

    private void await(PermitHolder holder, long start, long limit) {
        long pause = FIRST_PAUSE;
        while (System.nanoTime() - start < limit) {
            LockSupport.parkNanos(this, pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE);
            if (advance(holder) || Thread.currentThread().isInterrupted()) {
                return;
            }
        }
        distrust();
    }

    private long patienceNanos(long now) {
        lock.lock();
        try {
            return now - waitsAgainAt < 0 ? 0 : TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        } finally {
            lock.unlock();
        }
    }

    private void distrust() {
        lock.lock();
        try {
            long now = System.nanoTime();
            if (now - waitsAgainAt >= 0) {
                waitsAgainAt = now + TimeUnit.MILLISECONDS.toNanos(DISTRUST_MILLIS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** One step that does not wait; false while there are more to go. */
    boolean advance(PermitHolder holder) {
        if (locks == null) {
            return true;
        }
        lock.lock();
        try {
            TurnLocks current = locks;
            if (current == null || current.hasTurn() || !hasPermit.test(holder)) {
                return true;
            }
            boolean hasTurn = current.advance();
            if (hasTurn) {
                turnSince = System.nanoTime();
            }
            return hasTurn;
        } catch (IOException e) {
            fail(e);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** It writes now, with or without the turn, and is the next no more. */
    void begun(PermitHolder holder) {
        if (locks == null) {
            return;
        }
        lock.lock();
        try {
            TurnLocks current = locks;
            if (current != null && hasPermit.test(holder)) {
                current.letAnotherBeNext();
            }
        } catch (IOException e) {
            fail(e);
        } finally {
            lock.unlock();
        }
    }

    /** The permit is given back, and nobody in this process waits for it. With the permit's lock. */
    void leave() {
        TurnLocks current = locks;
        if (current == null) {
            return;
        }
        try {
            current.leave();
        } catch (IOException e) {
            fail(e);
        }
    }

    /** The permit is given back for another of this process: the turn ends unless it is young. With the permit's lock. */
    void leaveAfterSlice() {
        TurnLocks current = locks;
        if (current != null && (!current.hasTurn() || System.nanoTime() - turnSince >= SLICE_NANOS)) {
            leave();
        }
    }

    private void fail(IOException failure) {
        if (!warned) {
            warned = true;
            LOG.warn(
                    "{} can't be locked, so that a busy process may keep others from writing for long; it is tried again every second",
                    locks,
                    failure);
        }
        use(null);
    }
}
