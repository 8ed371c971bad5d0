package io.nsqite.spring.test;

import io.nsqite.wakeup.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A timer that goes on by itself, and can be moved forward. Tasks run on one thread, in the order of their times. */
final class ShiftedTimer implements Timer {

    private static final Logger log = LoggerFactory.getLogger(ShiftedTimer.class);
    private static final long ADVANCE_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** A century, well within what is countable in nanoseconds. */
    private static final Duration FURTHEST = Duration.ofDays(36_500);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private final long origin = System.nanoTime();
    private long shift;
    private long count;
    private @Nullable Task running;
    private @Nullable Thread thread;
    private boolean closed;

    private record Task(long at, long number, Runnable action) {}

    @Override
    public long nanoTime() {
        lock.lock();
        try {
            return now();
        } finally {
            lock.unlock();
        }
    }

    private long now() {
        return System.nanoTime() - origin + shift;
    }

    @Override
    public Scheduled schedule(Duration delay, Runnable action) {
        lock.lock();
        try {
            Task task = new Task(now() + delay.toNanos(), count++, action);
            if (!closed) {
                tasks.add(task);
                startThread();
                changed.signalAll();
            }
            return () -> cancel(task);
        } finally {
            lock.unlock();
        }
    }

    private void cancel(Task task) {
        lock.lock();
        try {
            tasks.remove(task);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void startThread() {
        if (thread == null) {
            thread = new Thread(this::work, "nsqite-test-timer");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void work() {
        for (Task task = next(); task != null; task = next()) {
            try {
                task.action().run();
            } catch (Throwable failure) {
                log.error("A timed task failed; this is a fault of nsqite, please report it", failure);
            }
        }
    }

    /** Waits for the next task that is due; null when the timer is closed. */
    private @Nullable Task next() {
        lock.lock();
        try {
            running = null;
            changed.signalAll();
            while (!closed) {
                Task first = tasks.peek();
                if (first != null && first.at() <= now()) {
                    running = tasks.remove();
                    return running;
                }
                changed.awaitNanos(first == null ? Long.MAX_VALUE : first.at() - now());
            }
            return null;
        } catch (InterruptedException e) {
            log.debug("The timer's thread was interrupted, and ends", e);
            return null;
        } finally {
            lock.unlock();
        }
    }

    void advance(Duration duration) {
        lock.lock();
        try {
            shift += checked(duration).toNanos();
            long target = now();
            changed.signalAll();
            if (Thread.currentThread() != thread) {
                awaitAllUntil(target);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private Duration checked(Duration duration) {
        Duration left = FURTHEST.minusNanos(shift);
        if (duration.isNegative() || duration.compareTo(left) > 0) {
            throw new IllegalArgumentException(
                    "duration must be zero or more, and at most %s, as the clock can be moved %d days forward in all, but was %s"
                            .formatted(left, FURTHEST.toDays(), duration));
        }
        return duration;
    }

    private void awaitAllUntil(long target) throws InterruptedException {
        long left = ADVANCE_LIMIT_NANOS;
        while (isBusyUntil(target)) {
            if (left <= 0) {
                throw new IllegalStateException(
                        "What became due was not noticed within %d s by the thread %s; is it held up, by a handler or a transaction?"
                                .formatted(TimeUnit.NANOSECONDS.toSeconds(ADVANCE_LIMIT_NANOS), thread));
            }
            left = changed.awaitNanos(left);
        }
    }

    private boolean isBusyUntil(long target) {
        Task first = tasks.peek();
        return !closed && (isDueBy(running, target) || isDueBy(first, target));
    }

    private static boolean isDueBy(@Nullable Task task, long target) {
        return task != null && task.at() <= target;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            tasks.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
