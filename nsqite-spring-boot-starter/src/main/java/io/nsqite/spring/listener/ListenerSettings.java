package io.nsqite.spring.listener;

import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.KeyOrder;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a listener consumes, as far as one place says so; null is for other places to say.
 *
 * @param autoStartup whether it starts with the application
 * @param concurrency how many handlers run side by side
 * @param maxAttempts how often a message is handled before it becomes a dead letter; 0 is without end
 * @param batchSize how many messages a batch listener gets at a time
 * @param ackLease how long a delivery that is acknowledged by hand may stay without an answer
 * @param holdKeyBehindDeadLetter whether a dead letter of an ordered listener holds its key
 * @param retryFor if there are any, only these failures are tried again
 * @param noRetryFor these failures are not
 * @param errorHandler the bean that decides what becomes of a message that failed
 * @param backoff how long a failed message waits
 */
public record ListenerSettings(
        @Nullable Boolean autoStartup,
        @Nullable Integer concurrency,
        @Nullable Integer maxAttempts,
        @Nullable Integer batchSize,
        @Nullable Duration ackLease,
        @Nullable Boolean holdKeyBehindDeadLetter,
        @Nullable List<Class<? extends Throwable>> retryFor,
        @Nullable List<Class<? extends Throwable>> noRetryFor,
        @Nullable String errorHandler,
        @DefaultValue BackoffSettings backoff) {

    /** Where nothing is said. */
    public static final ListenerSettings NONE =
            new ListenerSettings(null, null, null, null, null, null, null, null, null, BackoffSettings.NONE);

    /** @throws IllegalArgumentException if a class that names a failure is none */
    public ListenerSettings {
        RetryRules.checkThrowable("retry-for", retryFor);
        RetryRules.checkThrowable("no-retry-for", noRetryFor);
    }

    /** These, and where they say nothing others. */
    ListenerSettings orElse(ListenerSettings others) {
        return new ListenerSettings(
                either(autoStartup, others.autoStartup),
                either(concurrency, others.concurrency),
                either(maxAttempts, others.maxAttempts),
                either(batchSize, others.batchSize),
                either(ackLease, others.ackLease),
                either(holdKeyBehindDeadLetter, others.holdKeyBehindDeadLetter),
                either(retryFor, others.retryFor),
                either(noRetryFor, others.noRetryFor),
                either(errorHandler, others.errorHandler),
                backoff.orElse(others.backoff));
    }

    private static <T> @Nullable T either(@Nullable T first, @Nullable T second) {
        return first == null ? second : first;
    }

    /** Whether it starts with the application; it does unless something says otherwise. */
    boolean startsWithApplication() {
        return autoStartup == null || autoStartup;
    }

    /**
     * These on top of other options.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    ConsumerOptions on(ConsumerOptions base) {
        return base.withConcurrency(concurrency == null ? base.concurrency() : concurrency)
                .withMaxAttempts(maxAttempts == null ? base.maxAttempts() : maxAttempts)
                .withBatchSize(batchSize == null ? base.batchSize() : batchSize)
                .withAckLease(ackLease == null ? base.ackLease() : ackLease)
                .withKeyOrder(keyOrder(base.keyOrder()))
                .withFatal(RetryRules.over(base.fatal(), retryFor, noRetryFor))
                .withBackoff(backoff.on(base.backoff()));
    }

    private KeyOrder keyOrder(KeyOrder base) {
        if (base == KeyOrder.NONE || holdKeyBehindDeadLetter == null) {
            return base;
        }
        return holdKeyBehindDeadLetter ? KeyOrder.HOLD_BEHIND_DEAD : KeyOrder.SKIP_DEAD;
    }
}
