package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.QueueFile;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Where handlers wait until a test lets them go on. */
final class Gate {

    private final Semaphore arrivals = new Semaphore(0);
    private final CountDownLatch open = new CountDownLatch(1);

    /** Waits, whether interrupted or not. */
    void pass() {
        arrivals.release();
        boolean interrupted = false;
        boolean waiting = true;
        while (waiting) {
            try {
                waiting = !open.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until so many more have arrived. */
    void awaitArrivals(int handlers) throws InterruptedException {
        assertThat(arrivals.tryAcquire(handlers, QueueFile.LIMIT.toMillis(), TimeUnit.MILLISECONDS))
                .as("handlers arrive at the gate")
                .isTrue();
    }

    void open() {
        open.countDown();
    }
}
