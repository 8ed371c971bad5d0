package io.nsqite.sqlite;

import io.nsqite.sqlite.PermitLine.Waiter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The permit to write to one database, of which there is one in the process. Connections take it before a transaction that may write
 * begins and give it back when the transaction has ended; nobody else does.
 *
 * <p>It is fair within a bound: whoever runs may take a free permit past those who wait until its slice has ended; then it is handed to
 * the one who has waited longest. {@link PermitLine} says how long that is. While other processes write to the database, what was taken
 * also passes a {@link Turnstile}.
 *
 * <p>Safe for use by many threads.
 */
public final class WritePermit {

    private static final Logger LOG = LoggerFactory.getLogger(WritePermit.class);
    private static final long LONG_HOLD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path database;
    private final ReentrantLock lock = new ReentrantLock();
    private final PermitLine line = new PermitLine();
    private final Turnstile turnstile = new Turnstile(lock, this::isHeldBy);
    private volatile @Nullable PermitHolder holder;

    WritePermit(Path database) {
        this.database = database;
    }

    /** Whether the calling thread was the last to execute on the connection that holds the permit. */
    public boolean isHeldByCurrentThread() {
        PermitHolder current = holder;
        return current != null && current.thread() == Thread.currentThread();
    }

    /** How long the transaction that the calling thread is writing in has waited before it could; zero if there is none. */
    public long waitedNanos() {
        PermitHolder current = holder;
        return current != null && current.thread() == Thread.currentThread() ? current.waitedNanos() : 0;
    }

    /** Takes the permit, unless this connection has it already. */
    void acquire(PermitHolder candidate, Patience patience) throws SQLException {
        Waiter waiter = takeOrQueue(candidate);
        if (waiter != null) {
            await(waiter, patience);
            candidate.waited(System.nanoTime() - waiter.since);
        }
        turnstile.pass(candidate, patience);
    }

    /** What the permit passes while other processes write as well. */
    Turnstile turnstile() {
        return turnstile;
    }

    /** Gives the permit back if this connection has it; the longest waiter gets it if it is time. */
    void release(PermitHolder candidate) {
        if (holder != candidate) {
            return;
        }
        Thread woken;
        lock.lock();
        try {
            if (holder != candidate) {
                return;
            }
            candidate.end();
            holder = null;
            leaveTurnstile();
            woken = handOverOrWake(candidate);
        } finally {
            lock.unlock();
        }
        LockSupport.unpark(woken);
    }

    private void leaveTurnstile() {
        if (line.isEmpty()) {
            turnstile.leave();
        } else {
            turnstile.leaveAfterSlice();
        }
    }

    /** Makes this connection's waiting, if there is any, fail. */
    void cancel(PermitHolder candidate) {
        lock.lock();
        try {
            for (Waiter waiter : line.all()) {
                if (waiter.candidate == candidate) {
                    waiter.cancel();
                    LockSupport.unpark(waiter.thread);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isHeldBy(PermitHolder candidate) {
        return holder == candidate;
    }

    /** Whether any connection has it. */
    boolean isHeld() {
        return holder != null;
    }

    /** How many connections wait. */
    int waiting() {
        lock.lock();
        try {
            return line.size();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Waiter takeOrQueue(PermitHolder candidate) throws SecondWriterException {
        lock.lock();
        try {
            PermitHolder current = holder;
            if (current == candidate) {
                return null;
            }
            if (current != null && current.thread() == Thread.currentThread()) {
                throw secondWriter(current);
            }
            long now = System.nanoTime();
            if (current == null && line.mayPass(candidate, now)) {
                take(candidate, Thread.currentThread(), now);
                return null;
            }
            return line.join(candidate);
        } finally {
            lock.unlock();
        }
    }

    private void take(PermitHolder candidate, Thread thread, long now) {
        candidate.begin(thread, now);
        holder = candidate;
    }

    private void await(Waiter waiter, Patience patience) throws SQLException {
        long remaining = patience.remainingNanos();
        while (!takeTurn(waiter)) {
            if (waiter.isCancelled() || remaining <= 0 || Thread.currentThread().isInterrupted()) {
                if (giveUp(waiter)) {
                    throw failure(waiter, patience);
                }
                return;
            }
            LockSupport.parkNanos(this, waiter.sleepNanos(Math.min(remaining, nanosUntilReport()), System.nanoTime()));
            remaining = patience.remainingNanos();
        }
    }

    /** Whether the permit was handed to this waiter, or was free and could be taken. */
    private boolean takeTurn(Waiter waiter) {
        lock.lock();
        try {
            if (takeIfItsTurn(waiter)) {
                return true;
            }
            line.sleeps(waiter, System.nanoTime());
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** False if it is this waiter's turn at the last moment; it then has the permit, so that no permit is ever lost. */
    private boolean giveUp(Waiter waiter) {
        lock.lock();
        try {
            if (takeIfItsTurn(waiter)) {
                return false;
            }
            line.leave(waiter);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean takeIfItsTurn(Waiter waiter) {
        if (holder == null) {
            long now = System.nanoTime();
            if (line.takesFree(waiter, now)) {
                take(waiter.candidate, waiter.thread, now);
            }
        }
        return holder == waiter.candidate;
    }

    /** The thread to wake, once the lock is open. */
    private @Nullable Thread handOverOrWake(PermitHolder from) {
        long now = System.nanoTime();
        Waiter next = line.next(from, now);
        if (next == null) {
            return line.wake(from);
        }
        take(next.candidate, next.thread, now);
        return next.thread;
    }

    /** Reports a long hold if it is time; the nanoseconds until it will be. */
    private long nanosUntilReport() {
        PermitHolder current = holder;
        if (current == null) {
            return LONG_HOLD_NANOS;
        }
        long held = current.heldNanos(System.nanoTime());
        if (held < LONG_HOLD_NANOS) {
            return LONG_HOLD_NANOS - held;
        }
        if (isFirstReport(current)) {
            warn(current, held);
        }
        return LONG_HOLD_NANOS;
    }

    private boolean isFirstReport(PermitHolder current) {
        lock.lock();
        try {
            return holder == current && current.reportOnce();
        } finally {
            lock.unlock();
        }
    }

    private void warn(PermitHolder current, long heldNanos) {
        Thread thread = current.thread();
        Throwable stack = new Throwable("where the holder is now");
        stack.setStackTrace(thread == null ? new StackTraceElement[0] : thread.getStackTrace());
        LOG.warn(
                "{}: a transaction of thread {} has held the write permit for {} ms, and nobody else can write;"
                        + " keep remote calls, waiting and long computations out of transactions that write",
                database,
                nameOf(thread),
                TimeUnit.NANOSECONDS.toMillis(heldNanos),
                stack);
    }

    private SQLException failure(Waiter waiter, Patience patience) {
        if (waiter.isCancelled()) {
            return new WaitCancelledException(
                    "The statement was cancelled, or its connection closed, while it waited for the turn to write to %s; nothing was executed"
                            .formatted(database),
                    null);
        }
        if (Thread.currentThread().isInterrupted()) {
            return Patience.interrupted(null);
        }
        return timeout(patience.limit());
    }

    private WriteTimeoutException timeout(Duration limit) {
        PermitHolder current = holder;
        Thread thread = current == null ? null : current.thread();
        String found = current == null
                ? "the permit passed from one to the other meanwhile"
                : "thread %s has held the permit for %d ms"
                        .formatted(nameOf(thread), TimeUnit.NANOSECONDS.toMillis(current.heldNanos(System.nanoTime())));
        return new WriteTimeoutException(
                "Could not write to %s within %d ms (busy_timeout): %s and %d others wait. Shorten that transaction, or raise busy_timeout."
                        .formatted(database, limit.toMillis(), found, waiting()),
                null);
    }

    private SecondWriterException secondWriter(PermitHolder current) {
        return new SecondWriterException("""
                Thread %s is writing to %s in another transaction already, since %d ms. SQLite has one writer, so this one would wait for \
                ever. Write in the transaction that is open: no REQUIRES_NEW or NOT_SUPPORTED around writes, keys by IDENTITY or UUID \
                rather than AUTO, SEQUENCE or TABLE (which use a table in a transaction of its own), and close the result of an INSERT ... RETURNING \
                before writing elsewhere.""".formatted(
                        nameOf(current.thread()),
                        database,
                        TimeUnit.NANOSECONDS.toMillis(current.heldNanos(System.nanoTime()))));
    }

    private static String nameOf(@Nullable Thread thread) {
        return thread == null ? "(unknown)" : '"' + thread.getName() + '"';
    }
}
