package io.nsqite.consumer;

import io.nsqite.wakeup.Timer;
import java.time.Duration;
import org.slf4j.Logger;

/**
 * Repeats something that the database refuses, at growing intervals without end, and says so once. Guarded by the
 * monitor.
 */
final class Repeat {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Logger log;
    private final String what;
    private final Timer timer;
    private Duration delay = FIRST;
    private boolean failing;
    private boolean waiting;

    /** @param what names channel and action, for the log */
    Repeat(Logger log, String what, Timer timer) {
        this.log = log;
        this.what = what;
        this.timer = timer;
    }

    /** Whether it waits for the next try. */
    boolean isWaiting() {
        return waiting;
    }

    /** Whether it failed the last time. */
    boolean isFailing() {
        return failing;
    }

    /** It failed; the action is run on the timer's thread when it is time to try again. */
    void failed(Throwable failure, Runnable again) {
        if (!failing) {
            log.warn("{} failed and is tried again until it succeeds; nothing is lost meanwhile", what, failure);
        }
        failing = true;
        waiting = true;
        timer.schedule(delay, again);
        Duration doubled = delay.multipliedBy(2);
        delay = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }

    /** It is time to try again. */
    void trying() {
        waiting = false;
    }

    /** It succeeded. */
    void succeeded() {
        if (failing) {
            log.info("{} works again", what);
            failing = false;
            delay = FIRST;
        }
    }
}
