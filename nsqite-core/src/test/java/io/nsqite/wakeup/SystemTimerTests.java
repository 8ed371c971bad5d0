package io.nsqite.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SystemTimerTests {

    private final SystemTimer timer = new SystemTimer("test-timer");

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void aDelayBeyondWhatNanosecondsCanCountIsForEver() throws InterruptedException {
        CountDownLatch forEver = new CountDownLatch(1);
        CountDownLatch soon = new CountDownLatch(1);
        timer.schedule(Duration.ofDays(365_000), forEver::countDown);
        timer.schedule(Duration.ofMillis(1), soon::countDown);
        assertThat(soon.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(forEver.getCount()).isEqualTo(1);
    }

    @Test
    void aTaskThatFailsDoesNotEndTheTimer() throws InterruptedException {
        CountDownLatch next = new CountDownLatch(1);
        timer.schedule(Duration.ZERO, () -> {
            throw new IllegalStateException("fault");
        });
        timer.schedule(Duration.ofMillis(1), next::countDown);
        assertThat(next.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aCancelledTaskDoesNotRunAndNothingRunsAfterTheEnd() throws InterruptedException {
        CountDownLatch cancelled = new CountDownLatch(1);
        CountDownLatch next = new CountDownLatch(1);
        timer.schedule(Duration.ofMillis(1), cancelled::countDown).cancel();
        timer.schedule(Duration.ofMillis(2), next::countDown);
        assertThat(next.await(20, TimeUnit.SECONDS)).isTrue();
        timer.close();
        timer.schedule(Duration.ZERO, cancelled::countDown);
        assertThat(cancelled.getCount()).isEqualTo(1);
    }
}
