package io.nsqite.spring.webhook;

import io.nsqite.retry.ExponentialBackoff;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** When a webhook may post again: not before its interval is over, and later the more posts in a row have failed. Used by one thread. */
final class Pace {

    /** A target that is back is not to wait for long. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Duration interval;
    private final ExponentialBackoff backoff;
    private final CountDownLatch stop;
    private int failures;
    private long notBefore = System.nanoTime();

    /** @param stop ends each wait */
    Pace(Duration interval, ExponentialBackoff backoff, CountDownLatch stop) {
        this.interval = interval;
        this.backoff = backoff;
        this.stop = stop;
    }

    /** Waits until it may; false if it is to stop. */
    boolean await() throws InterruptedException {
        return !stop.await(notBefore - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /** A post was taken; whether those before it were not. */
    boolean succeeded() {
        boolean recovered = failures > 0;
        failures = 0;
        next(interval);
        return recovered;
    }

    /** A post has failed; how many have in a row. */
    int failed() {
        failures++;
        Duration pause = backoff.delayAfter(failures, ThreadLocalRandom.current());
        Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        next(bounded.compareTo(interval) > 0 ? bounded : interval);
        return failures;
    }

    private void next(Duration wait) {
        notBefore = System.nanoTime() + wait.toNanos();
    }
}
