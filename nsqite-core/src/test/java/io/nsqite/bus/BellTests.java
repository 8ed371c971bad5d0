package io.nsqite.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BellTests {

    private static final long FOR_EVER = Long.MAX_VALUE;

    private final AtomicBoolean come = new AtomicBoolean();
    private final Bell bell = new Bell(come::get);
    private final AtomicInteger up = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void wakeAll() throws InterruptedException {
        bell.ringForAll();
        for (Thread thread : threads) {
            thread.join(10_000);
        }
    }

    private Thread sleeper() {
        Thread thread = new Thread(() -> {
            try {
                bell.await(FOR_EVER);
                up.incrementAndGet();
            } catch (InterruptedException e) {
                // is not up
            }
        });
        threads.add(thread);
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    @Test
    void whoeverLooksOnceMoreBeforeSleepingMissesNothingThatCameWithoutARing() throws InterruptedException {
        come.set(true);
        bell.await(FOR_EVER);
    }

    @Test
    void aRingWakesOneAndTheNextOnlyWhenThatOneIsUp() {
        sleeper();
        sleeper();
        sleeper();
        bell.ring();
        await().untilAsserted(() -> assertThat(up).hasValue(1));
        bell.ring();
        await().untilAsserted(() -> assertThat(up).hasValue(2));
    }

    @Test
    void aRingThatNobodyHearsIsNotKept() throws InterruptedException {
        bell.ring();
        long begin = System.nanoTime();
        bell.await(TimeUnit.MILLISECONDS.toNanos(5));
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(5));
    }

    @Test
    void aWakeUpOfOneWhoIsInterruptedGoesToAnother() throws InterruptedException {
        for (int round = 1; round <= 20; round++) {
            Thread hasty = sleeper();
            sleeper();
            bell.ring();
            hasty.interrupt();
            hasty.join(10_000);
            int atLeast = round;
            await().untilAsserted(() -> assertThat(up.get()).isGreaterThanOrEqualTo(atLeast));
        }
    }
}
