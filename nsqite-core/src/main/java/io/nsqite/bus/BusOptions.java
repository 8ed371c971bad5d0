package io.nsqite.bus;

import io.nsqite.retry.Delays;
import io.nsqite.retry.ExponentialBackoff;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How events are handled. Immutable; start from {@link #defaults()}.
 *
 * @param concurrency how many handlers run side by side, and in manual mode how many of their deliveries are open; 1 to 1000
 * @param queueSize how many events may wait, those that wait for a retry included, besides those in hand; 1 to 10,000,000
 * @param whenFull what becomes of an event beyond that
 * @param maxAttempts how often an event is handled before it is given up; 0 is without end
 * @param backoff the delay between attempts
 * @param fatal failures that retrying can't cure: the event is given up at once
 * @param ackMode when an event counts as handled
 * @param ackLease in manual mode, how long a delivery may stay without an answer or a touch before it comes back; 1 ms to 365 days
 * @param waitWarning how long a publisher may wait for room before there is a warning; 1 ms or more
 * @param failureHandler gets events that were given up; null to have them logged
 */
public record BusOptions(
        int concurrency,
        int queueSize,
        OverflowPolicy whenFull,
        int maxAttempts,
        ExponentialBackoff backoff,
        Predicate<Throwable> fatal,
        BusAckMode ackMode,
        Duration ackLease,
        Duration waitWarning,
        @Nullable BusFailureHandler failureHandler) {

    private static final int MAX_CONCURRENCY = 1000;
    private static final int MAX_QUEUE_SIZE = 10_000_000;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST_LEASE = Duration.ofDays(365);
    private static final BusOptions DEFAULTS = new BusOptions(
            1,
            1024,
            OverflowPolicy.BLOCK,
            10,
            ExponentialBackoff.defaults(),
            failure -> false,
            BusAckMode.AUTO,
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            null);

    /** @throws IllegalArgumentException if a value is out of its range */
    public BusOptions {
        checkRange("concurrency", concurrency, MAX_CONCURRENCY);
        checkRange("queueSize", queueSize, MAX_QUEUE_SIZE);
        Objects.requireNonNull(whenFull, "whenFull");
        if (maxAttempts < 0) {
            throw new IllegalArgumentException(
                    "maxAttempts must be 1 or more, or 0 for attempts without end, but was %d".formatted(maxAttempts));
        }
        Objects.requireNonNull(backoff, "backoff");
        Objects.requireNonNull(fatal, "fatal");
        Objects.requireNonNull(ackMode, "ackMode");
        checkLonger("ackLease", ackLease);
        if (ackLease.compareTo(LONGEST_LEASE) > 0) {
            throw new IllegalArgumentException(
                    "ackLease must be up to %d days but was %s".formatted(LONGEST_LEASE.toDays(), ackLease));
        }
        checkLonger("waitWarning", waitWarning);
    }

    private static void checkRange(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("%s must be 1 to %d but was %d".formatted(name, most, value));
        }
    }

    private static void checkLonger(String name, Duration value) {
        if (Delays.check(name, value).compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("%s must be 1 ms or more but was %s".formatted(name, value));
        }
    }

    /** One handler, 1024 events, publishers wait; 10 attempts, 1 s doubling to 5 min. */
    public static BusOptions defaults() {
        return DEFAULTS;
    }

    /** Whether this attempt is the last. */
    boolean isLast(int attempt) {
        return maxAttempts != 0 && attempt >= maxAttempts;
    }

    /** A copy with another number of handlers. */
    public BusOptions withConcurrency(int newConcurrency) {
        return changed(copy -> copy.concurrency = newConcurrency);
    }

    /** A copy with another size of the queue. */
    public BusOptions withQueueSize(int newQueueSize) {
        return changed(copy -> copy.queueSize = newQueueSize);
    }

    /** A copy with another answer to having no room. */
    public BusOptions withWhenFull(OverflowPolicy newWhenFull) {
        return changed(copy -> copy.whenFull = newWhenFull);
    }

    /** A copy with another number of attempts. */
    public BusOptions withMaxAttempts(int newMaxAttempts) {
        return changed(copy -> copy.maxAttempts = newMaxAttempts);
    }

    /** A copy with another delay between attempts. */
    public BusOptions withBackoff(ExponentialBackoff newBackoff) {
        return changed(copy -> copy.backoff = newBackoff);
    }

    /** A copy with another notion of what retrying can't cure. */
    public BusOptions withFatal(Predicate<Throwable> newFatal) {
        return changed(copy -> copy.fatal = newFatal);
    }

    /** A copy with another way to acknowledge. */
    public BusOptions withAckMode(BusAckMode newAckMode) {
        return changed(copy -> copy.ackMode = newAckMode);
    }

    /** A copy with another lease of deliveries that are acknowledged by hand. */
    public BusOptions withAckLease(Duration newAckLease) {
        return changed(copy -> copy.ackLease = newAckLease);
    }

    /** A copy with another time before a warning of publishers that wait. */
    public BusOptions withWaitWarning(Duration newWaitWarning) {
        return changed(copy -> copy.waitWarning = newWaitWarning);
    }

    /** A copy with a handler of what is given up, or none. */
    public BusOptions withFailureHandler(@Nullable BusFailureHandler newFailureHandler) {
        return changed(copy -> copy.failureHandler = newFailureHandler);
    }

    private BusOptions changed(Consumer<Copy> change) {
        Copy copy = new Copy(this);
        change.accept(copy);
        return copy.toOptions();
    }

    /** The same values, one of which is about to change. */
    private static final class Copy {

        private int concurrency;
        private int queueSize;
        private OverflowPolicy whenFull;
        private int maxAttempts;
        private ExponentialBackoff backoff;
        private Predicate<Throwable> fatal;
        private BusAckMode ackMode;
        private Duration ackLease;
        private Duration waitWarning;
        private @Nullable BusFailureHandler failureHandler;

        Copy(BusOptions original) {
            concurrency = original.concurrency;
            queueSize = original.queueSize;
            whenFull = original.whenFull;
            maxAttempts = original.maxAttempts;
            backoff = original.backoff;
            fatal = original.fatal;
            ackMode = original.ackMode;
            ackLease = original.ackLease;
            waitWarning = original.waitWarning;
            failureHandler = original.failureHandler;
        }

        BusOptions toOptions() {
            return new BusOptions(
                    concurrency,
                    queueSize,
                    whenFull,
                    maxAttempts,
                    backoff,
                    fatal,
                    ackMode,
                    ackLease,
                    waitWarning,
                    failureHandler);
        }
    }
}
