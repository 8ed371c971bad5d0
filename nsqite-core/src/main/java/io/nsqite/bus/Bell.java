package io.nsqite.bus;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Lets threads sleep until something comes that others bring about without holding a lock. Who brings it makes it visible first and rings then,
 * which costs one look at a field while nobody sleeps; who sleeps says so first, looks once more, and sleeps then. So none can miss the
 * other. This is known as an event count.
 *
 * <p>Putting a thread to sleep and waking it costs more than handling many events. So while what is waited for comes quickly, one thread looks for
 * it for a moment before it sleeps; where that was in vain, none does until a sleep turns out to have been short.
 *
 * <p>One wake-up is under way at a time: ringing again before the woken thread has got up does nothing. So whoever is woken, takes what it slept for
 * and sees that there is more, rings for the next; and whoever looks, says that it has ended before it takes something.
 */
final class Bell {

    /** Some three times what a sleep and its end cost here. */
    private static final long MOMENT_NANOS = 50_000;

    private static final int LOOKS_PER_CLOCK = 32;

    private static final boolean LOOKING_IS_IN_VAIN = Runtime.getRuntime().availableProcessors() == 1;

    private final BooleanSupplier come;
    private final AtomicBoolean someoneLooks = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private int sleeping;
    private int woken;
    private volatile boolean awaited;
    private volatile boolean comesQuickly = true;

    /** @param come whether there is what the sleepers wait for */
    Bell(BooleanSupplier come) {
        this.come = come;
    }

    /** Wakes one, unless somebody is looking. To be called after what it waits for was made visible. */
    void ring() {
        if (awaited && !someoneLooks.get()) {
            wakeOne();
        }
    }

    private void wakeOne() {
        lock.lock();
        try {
            if (awaited) {
                woken++;
                update();
                rung.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Wakes all. */
    void ringForAll() {
        lock.lock();
        try {
            woken = sleeping;
            update();
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Sleeps until it rings, or what is waited for is there, or the time is over: to be called again as long as it is not there. */
    void await(long nanos) throws InterruptedException {
        if (comesQuickly && nanos > MOMENT_NANOS && comesInAMoment()) {
            return;
        }
        long begin = System.nanoTime();
        try {
            sleepUntilRung(nanos);
        } catch (InterruptedException e) {
            if (come.getAsBoolean()) {
                ring(); // what came while this thread looked was left to it, and is another's now
            }
            throw e;
        }
        comesQuickly = System.nanoTime() - begin < MOMENT_NANOS;
    }

    /** One thread at a time, so that no more than one processor is kept from those who bring what is waited for. */
    private boolean comesInAMoment() {
        if (LOOKING_IS_IN_VAIN || !someoneLooks.compareAndSet(false, true)) {
            return false;
        }
        try {
            long end = System.nanoTime() + MOMENT_NANOS;
            do {
                for (int look = 0; look < LOOKS_PER_CLOCK; look++) {
                    if (come.getAsBoolean()) {
                        return true;
                    }
                    Thread.onSpinWait();
                }
            } while (System.nanoTime() - end < 0);
            return false;
        } finally {
            someoneLooks.set(false);
        }
    }

    private void sleepUntilRung(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            sleeping++;
            update();
            sleep(nanos);
        } finally {
            sleeping--;
            update();
            lock.unlock();
        }
    }

    private void sleep(long nanos) throws InterruptedException {
        long left = nanos;
        try {
            while (woken == 0 && left > 0 && !come.getAsBoolean()) {
                left = rung.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            rung.signal(); // if the wake-up was this thread's, another can have it
            throw e;
        }
        if (woken > 0) {
            woken--;
        }
    }

    private void update() {
        awaited = sleeping > woken && woken == 0;
    }
}
