package io.nsqite.bus;

import io.nsqite.retry.RetryAfterException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of an event after an attempt. */
final class Settling {

    private static final Logger log = LoggerFactory.getLogger(Settling.class);

    private final Place place;
    private final BusOptions options;
    private final Tally tally;
    private final Postponed postponed;

    Settling(Place place, BusOptions options, Tally tally, Postponed postponed) {
        this.place = place;
        this.options = options;
        this.tally = tally;
        this.postponed = postponed;
    }

    boolean isLast(int attempt) {
        return options.isLast(attempt);
    }

    void succeeded() {
        tally.succeeded().increment();
    }

    void failed(Object event, int attempt, Throwable failure) {
        tally.failed().increment();
        if (options.isLast(attempt) || isFatal(failure)) {
            giveUp(event, attempt, failure);
            return;
        }
        Duration delay = delay(attempt, failure);
        log.debug("{}: attempt {} failed and is followed by another in {}", place, attempt, delay, failure);
        again(event, attempt, delay, failure);
    }

    void requeued(Object event, int attempt, Duration delay) {
        if (options.isLast(attempt)) {
            giveUp(
                    event,
                    attempt,
                    new IllegalStateException("Attempt %d was the last and is requeued".formatted(attempt)));
            return;
        }
        again(event, attempt, delay, null);
    }

    void rejected(Object event, int attempt, Throwable reason) {
        tally.failed().increment();
        giveUp(event, attempt, reason);
    }

    void lapsed(Object event, int attempt) {
        tally.failed().increment();
        TimeoutException failure = new TimeoutException("Not answered within %s".formatted(options.ackLease()));
        if (options.isLast(attempt)) {
            giveUp(event, attempt, failure);
            return;
        }
        log.warn("{}: a delivery was not answered within {}; its event comes again", place, options.ackLease());
        again(event, attempt, Duration.ZERO, failure);
    }

    private void again(Object event, int attempt, Duration delay, @Nullable Throwable failure) {
        if (postponed.add(new Attempt(event, attempt + 1), delay)) {
            tally.retried().increment();
            return;
        }
        giveUp(
                event,
                attempt,
                failure != null ? failure : new IllegalStateException("Requeued while the subscription ends"));
    }

    private boolean isFatal(Throwable failure) {
        try {
            return options.fatal().test(failure);
        } catch (Throwable fault) { // it is the application's
            log.error("{}: judging a failure failed; the event is tried again", place, fault);
            return false;
        }
    }

    private Duration delay(int attempt, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetryAfterException wish) {
                return wish.delay();
            }
        }
        return options.backoff().delayAfter(attempt, ThreadLocalRandom.current());
    }

    private void giveUp(Object event, int attempts, Throwable reason) {
        tally.givenUp().increment();
        BusFailureHandler handler = options.failureHandler();
        if (handler == null) {
            log.error("{}: an event of {} is given up after attempt {}", place, event.getClass(), attempts, reason);
            return;
        }
        try {
            handler.givenUp(new BusFailure(place.topic(), place.channel(), event, attempts, reason));
        } catch (Throwable fault) { // it is the application's
            log.error("{}: the handler of events that are given up failed", place, fault);
        }
    }
}
