package io.nsqite.spring.bus;

import io.nsqite.bus.BusOptions;
import io.nsqite.bus.OverflowPolicy;
import io.nsqite.spring.listener.BackoffSettings;
import io.nsqite.spring.listener.RetryRules;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a subscriber handles events, as far as one place says so; null is for other places to say.
 *
 * @param autoStartup whether it subscribes with the application
 * @param concurrency how many handlers run side by side
 * @param queueSize how many events may wait
 * @param whenFull what becomes of an event beyond that
 * @param maxAttempts how often an event is handled before it is given up; 0 is without end
 * @param ackLease how long a delivery that is acknowledged by hand may stay without an answer
 * @param waitWarning how long a publisher may wait before there is a warning
 * @param retryFor if there are any, only these failures are tried again
 * @param noRetryFor these failures are not
 * @param errorHandler the bean that gets what is given up
 * @param backoff how long a failed event waits
 */
public record SubscriberSettings(
        @Nullable Boolean autoStartup,
        @Nullable Integer concurrency,
        @Nullable Integer queueSize,
        @Nullable OverflowPolicy whenFull,
        @Nullable Integer maxAttempts,
        @Nullable Duration ackLease,
        @Nullable Duration waitWarning,
        @Nullable List<Class<? extends Throwable>> retryFor,
        @Nullable List<Class<? extends Throwable>> noRetryFor,
        @Nullable String errorHandler,
        @DefaultValue BackoffSettings backoff) {

    static final SubscriberSettings NONE =
            new SubscriberSettings(null, null, null, null, null, null, null, null, null, null, BackoffSettings.NONE);

    /** @throws IllegalArgumentException if a class that names a failure is none */
    public SubscriberSettings {
        RetryRules.checkThrowable("retry-for", retryFor);
        RetryRules.checkThrowable("no-retry-for", noRetryFor);
    }

    /** These, and where they say nothing others. */
    SubscriberSettings orElse(SubscriberSettings others) {
        return new SubscriberSettings(
                either(autoStartup, others.autoStartup),
                either(concurrency, others.concurrency),
                either(queueSize, others.queueSize),
                either(whenFull, others.whenFull),
                either(maxAttempts, others.maxAttempts),
                either(ackLease, others.ackLease),
                either(waitWarning, others.waitWarning),
                either(retryFor, others.retryFor),
                either(noRetryFor, others.noRetryFor),
                either(errorHandler, others.errorHandler),
                backoff.orElse(others.backoff));
    }

    private static <T> @Nullable T either(@Nullable T first, @Nullable T second) {
        return first == null ? second : first;
    }

    private static <T> T otherwise(@Nullable T first, T second) {
        return first == null ? second : first;
    }

    /** Whether it subscribes with the application; it does unless something says otherwise. */
    boolean startsWithApplication() {
        return otherwise(autoStartup, true);
    }

    /**
     * These on top of other options.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public BusOptions on(BusOptions base) {
        return base.withConcurrency(otherwise(concurrency, base.concurrency()))
                .withQueueSize(otherwise(queueSize, base.queueSize()))
                .withWhenFull(otherwise(whenFull, base.whenFull()))
                .withMaxAttempts(otherwise(maxAttempts, base.maxAttempts()))
                .withAckLease(otherwise(ackLease, base.ackLease()))
                .withWaitWarning(otherwise(waitWarning, base.waitWarning()))
                .withFatal(RetryRules.over(base.fatal(), retryFor, noRetryFor))
                .withBackoff(backoff.on(base.backoff()));
    }
}
