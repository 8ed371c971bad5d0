package io.nsqite.database;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Operations that wait for the writer, and the turn to be it. Whoever takes a batch has the turn until it calls {@link
 * #done}. Safe for use by many threads.
 */
final class WaitingLine {

    private static final Logger log = LoggerFactory.getLogger(WaitingLine.class);

    /** How many operations share a transaction at the most. */
    private static final int MAX_BATCH = 1000;

    /** A commit costs as much as some ten to twenty rows. */
    private static final int LONG = 32;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Operation<?>> waiting = new ArrayDeque<>();
    private boolean taken;
    private boolean closed;

    /** Joins the line; false if it is closed. */
    boolean add(Operation<?> operation) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            waiting.addLast(operation);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Joins the line, and takes all of it if nobody has the turn, else an empty list; nothing if it is closed. */
    Optional<List<Operation<?>>> addAndTryTake(Operation<?> operation) {
        lock.lock();
        try {
            if (closed) {
                return Optional.empty();
            }
            waiting.addLast(operation);
            return Optional.of(tryTake());
        } finally {
            lock.unlock();
        }
    }

    /** Ends the operation's wait for company. */
    void hurry(Operation<?> operation) {
        lock.lock();
        try {
            operation.hurry(System.nanoTime());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the operation's wait for company, and takes the line if nobody has the turn. */
    List<Operation<?>> hurryAndTryTake(Operation<?> operation) {
        lock.lock();
        try {
            if (!waiting.contains(operation)) {
                return List.of();
            }
            operation.hurry(System.nanoTime());
            return tryTake();
        } finally {
            lock.unlock();
        }
    }

    /** Leaves the line; false if somebody has taken the operation already. */
    boolean remove(Operation<?> operation) {
        lock.lock();
        try {
            return waiting.remove(operation);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something must be done, and takes all of it; empty when the line is closed and nothing waits. */
    List<Operation<?>> awaitAndTake() {
        lock.lock();
        try {
            while (taken || !isTime()) {
                if (closed && waiting.isEmpty() && !taken) {
                    return List.of();
                }
                awaitChange();
            }
            return take();
        } finally {
            lock.unlock();
        }
    }

    /** Whether so many wait that a transaction is worth its commit. */
    boolean isLong() {
        lock.lock();
        try {
            return waiting.size() >= LONG;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the turn back, and what there was no time for. */
    void done(List<Operation<?>> notRun) {
        lock.lock();
        try {
            for (int i = notRun.size() - 1; i >= 0; i--) {
                waiting.addFirst(notRun.get(i));
            }
            taken = false;
            if (closed || !waiting.isEmpty()) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody join any more; what waits is still done. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private List<Operation<?>> tryTake() {
        return taken ? List.of() : take(); // whoever has the turn wakes the writer's thread afterwards
    }

    private List<Operation<?>> take() {
        taken = true;
        List<Operation<?>> batch = new ArrayList<>(Math.min(waiting.size(), MAX_BATCH));
        while (!waiting.isEmpty() && batch.size() < MAX_BATCH) {
            batch.add(waiting.removeFirst());
        }
        return batch;
    }

    private boolean isTime() {
        return !waiting.isEmpty() && (closed || earliest() - System.nanoTime() <= 0);
    }

    private long earliest() {
        long now = System.nanoTime();
        long soonest = Long.MAX_VALUE;
        for (Operation<?> operation : waiting) {
            soonest = Math.min(soonest, operation.notBefore() - now);
        }
        return now + soonest;
    }

    @SuppressWarnings("WaitNotInLoop") // the caller loops
    private void awaitChange() {
        try {
            if (waiting.isEmpty() || taken) {
                changed.await();
            } else {
                changed.awaitNanos(earliest() - System.nanoTime());
            }
        } catch (InterruptedException e) {
            log.debug("The writer's thread does not end on interrupts; close the queue instead");
        }
    }
}
