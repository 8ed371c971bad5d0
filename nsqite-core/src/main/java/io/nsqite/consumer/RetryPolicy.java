package io.nsqite.consumer;

import io.nsqite.consumer.FailureHandler.Verdict;
import io.nsqite.retry.RetryAfterException;
import io.nsqite.store.Clocks;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.DeliveryRow.Failure;
import io.nsqite.store.DeliveryState;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what becomes of a message whose handler failed. */
final class RetryPolicy {

    private static final Logger log = LoggerFactory.getLogger(RetryPolicy.class);

    private final ConsumerOptions options;
    private final RetryClock clock;
    private final RandomGenerator random;

    RetryPolicy(ConsumerOptions options, RetryClock clock, RandomGenerator random) {
        this.options = options;
        this.clock = clock;
        this.random = random;
    }

    /** Whether this attempt is the last. */
    boolean isLast(int attempt) {
        return options.maxAttempts() != 0 && attempt >= options.maxAttempts();
    }

    /** What becomes of the message after its handler failed. Asks the application, so not with the monitor held. */
    Outcome afterFailure(Handout handout, Throwable cause) {
        Verdict verdict = judge(handout, cause);
        if (verdict.kind() == Verdict.Kind.DONE) {
            log.debug("{} failed, which does not matter; the message is done", handout, cause);
            return Outcome.done(handout.entry());
        }
        return Outcome.goesOn(handout.entry(), afterFailure(handout, cause, verdict));
    }

    private Verdict judge(Handout handout, Throwable cause) {
        FailureHandler handler = options.failureHandler();
        if (handler == null) {
            return Verdict.asConfigured();
        }
        try {
            return Objects.requireNonNull(handler.judge(handout, cause), "verdict");
        } catch (Throwable e) { // it is the application's
            warn("{}: its failure handler failed, and it goes on as configured", handout, e);
            if (e != cause) {
                cause.addSuppressed(e);
            }
            return Verdict.asConfigured();
        }
    }

    private DeliveryRow afterFailure(Handout handout, Throwable cause, Verdict verdict) {
        Failure failure = Failures.of(cause, failedAt());
        DeliveryRow row = handout.row();
        if (verdict.kind() == Verdict.Kind.DEAD) {
            warn("{} failed for good; the message is a dead letter now", handout, cause);
            return row.dead(failure);
        }
        if (verdict.kind() == Verdict.Kind.AS_CONFIGURED && isFatal(cause)) {
            warn("{} can't be cured by trying again; the message is a dead letter now", handout, cause);
            return row.dead(failure);
        }
        if (handout.lastAttempt()) {
            warn("{} failed and was the last; the message is a dead letter now", handout, cause);
            return row.dead(failure);
        }
        long delay = verdict.kind() == Verdict.Kind.RETRY ? verdict.delay().toMillis() : delayAfter(handout, cause);
        log.debug("{} failed and is tried again in {} ms: {}", handout, delay, failure.error());
        return row.due(clock.millis() + delay, failure);
    }

    /** What was answered before its handler failed goes on as answered. */
    void failedAfterAnswer(Handout handout, Throwable cause) {
        warn(
                "{}: its handler failed after it was answered, or its lease had ended, so the failure changes nothing",
                handout,
                cause);
    }

    private long delayAfter(Handout handout, Throwable cause) {
        Optional<RetryAfterException> chosen = Failures.cause(cause, RetryAfterException.class);
        return chosen.map(RetryAfterException::delay)
                .orElseGet(() -> options.backoff().delayAfter(handout.attempt(), random))
                .toMillis();
    }

    /** How the message goes on when its handler wants it again. */
    DeliveryRow afterRequeue(Handout handout, Duration delay) {
        DeliveryRow row = handout.row();
        if (!handout.lastAttempt()) {
            return row.due(clock.millis() + delay.toMillis(), row.failure());
        }
        log.warn("{} was the last and is requeued; the message is a dead letter now", handout);
        return row.dead(Failures.requeuedAtLast(handout.attempt(), failedAt()));
    }

    /** How the message goes on when its handler gives it up. */
    DeliveryRow afterRejection(Handout handout, Throwable reason) {
        warn("{} is rejected; the message is a dead letter now", handout, reason);
        return handout.row().dead(Failures.of(reason, failedAt()));
    }

    /** How the message goes on when nobody answered in time. */
    DeliveryRow afterExpiry(Handout handout) {
        Failure failure = Failures.notAnswered(handout.lease(), failedAt());
        if (handout.lastAttempt()) {
            log.warn("{} was the last and not answered within {}; it is a dead letter now", handout, handout.lease());
            return handout.row().dead(failure);
        }
        log.warn("{} was not answered within {}, and comes again", handout, handout.lease());
        return handout.row().due(clock.millis(), failure);
    }

    /** How a message that has a row goes on when its attempt did not begin. */
    DeliveryRow notStarted(Handout handout) {
        return handout.row().notStarted(DeliveryState.DUE, clock.millis());
    }

    /** How a message that has a row goes on when the handler gave it back, as another one of its batch failed. */
    DeliveryRow handedBack(Handout handout) {
        DeliveryRow row = notStarted(handout);
        return row.failure() != null ? row : row.due(clock.millis(), Failures.ofAnother(clock.millis()));
    }

    /** The exception is the application's, and may itself throw when it is printed. */
    private static void warn(String message, Handout handout, Throwable cause) {
        try {
            log.warn(message, handout, cause);
        } catch (Throwable unprintable) {
            log.warn(
                    message + "; its {} can't be printed",
                    handout,
                    cause.getClass().getName());
        }
    }

    private boolean isFatal(Throwable cause) {
        try {
            return options.fatal().test(cause);
        } catch (Throwable e) {
            log.error("Judging a failure failed; the message is tried again", e);
            return false;
        }
    }

    /** The times that due times are compared with. */
    Clocks now() {
        return clock.read();
    }

    /** For people, who look at the wall clock. */
    private long failedAt() {
        return clock.read().wall();
    }

    /** Whether a message that has a row must not be tried again. */
    boolean isUsedUp(DeliveryRow row) {
        return isLast(row.attempts());
    }

    /** The message, given up. */
    DeliveryRow giveUp(String channel, DeliveryRow row) {
        Failure last = row.failure();
        Failure failure = last == null || row.state() == DeliveryState.RUNNING
                ? Failures.processEnded(row.attempts(), failedAt())
                : last;
        log.warn(
                "{}: message {} was tried {} times, as often as it may be, and is a dead letter now: {}",
                channel,
                row.messageId(),
                row.attempts(),
                failure.error());
        return row.dead(failure);
    }
}
