package io.nsqite;

import io.nsqite.wakeup.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** A timer whose time a test drives; tasks run on the thread that drives it. */
public final class ManualTimer implements Timer {

    private final Queue<Task> tasks = new PriorityQueue<>(
            Comparator.comparingLong((Task task) -> task.at).thenComparingLong(task -> task.number));
    private long now;
    private long number;
    private boolean closed;

    private static final class Task implements Scheduled {
        private final long at;
        private final long number;
        private final Runnable action;
        private volatile boolean cancelled;

        private Task(long at, long number, Runnable action) {
            this.at = at;
            this.number = number;
            this.action = action;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized Scheduled schedule(Duration delay, Runnable action) {
        Task task = new Task(now + delay.toNanos(), number++, action);
        tasks.add(task);
        return task;
    }

    /** Lets time pass, and runs what is due meanwhile at its time. */
    public void advance(Duration duration) {
        long end = nanoTime() + duration.toNanos();
        for (Task task = next(end); task != null; task = next(end)) {
            if (!task.cancelled) {
                task.action.run();
            }
        }
    }

    /** How many tasks wait. */
    public synchronized long waiting() {
        return tasks.stream().filter(task -> !task.cancelled).count();
    }

    /** Whether it was closed. */
    public synchronized boolean isClosed() {
        return closed;
    }

    private synchronized Task next(long end) {
        Task task = tasks.peek();
        if (task == null || task.at > end) {
            now = end;
            return null;
        }
        now = Math.max(now, task.at);
        return tasks.remove();
    }

    @Override
    public synchronized void close() {
        closed = true;
        tasks.clear();
    }
}
