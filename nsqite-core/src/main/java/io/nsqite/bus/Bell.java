package io.nsqite.bus;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Lets threads sleep until something comes that others bring about without holding a lock. Who brings it makes it visible first and rings then,
 * which costs one look at a field while nobody sleeps; who sleeps says so first, looks once more, and sleeps then. So none can miss the
 * other. This is known as an event count.
 *
 * <p>One wake-up is under way at a time: ringing again before the woken thread has got up does nothing. So whoever is woken, takes what it slept for
 * and sees that there is more, rings for the next.
 */
final class Bell {

    private final BooleanSupplier come;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private int sleeping;
    private int woken;
    private volatile boolean awaited;

    /** @param come whether there is what the sleepers wait for */
    Bell(BooleanSupplier come) {
        this.come = come;
    }

    /** Wakes one. To be called after what it waits for was made visible. */
    void ring() {
        if (awaited) {
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
