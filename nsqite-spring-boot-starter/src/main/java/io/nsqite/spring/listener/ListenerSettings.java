package io.nsqite.spring.listener;

import io.nsqite.consumer.ConsumerOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a listener consumes, as far as one place says so; null is for other places to say.
 *
 * @param autoStartup whether it starts with the application
 * @param concurrency how many handlers run side by side
 * @param maxAttempts how often a message is handled before it becomes a dead letter; 0 is without end
 * @param backoff how long a failed message waits
 */
public record ListenerSettings(
        @Nullable Boolean autoStartup,
        @Nullable Integer concurrency,
        @Nullable Integer maxAttempts,
        @DefaultValue BackoffSettings backoff) {

    /** Where nothing is said. */
    public static final ListenerSettings NONE = new ListenerSettings(null, null, null, BackoffSettings.NONE);

    /** These, and where they say nothing others. */
    ListenerSettings orElse(ListenerSettings others) {
        return new ListenerSettings(
                autoStartup == null ? others.autoStartup : autoStartup,
                concurrency == null ? others.concurrency : concurrency,
                maxAttempts == null ? others.maxAttempts : maxAttempts,
                backoff.orElse(others.backoff));
    }

    /** Whether it starts with the application; it does unless something says otherwise. */
    boolean startsWithApplication() {
        return autoStartup == null || autoStartup;
    }

    /**
     * These on top of the library's defaults.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    ConsumerOptions toOptions() {
        ConsumerOptions options = ConsumerOptions.defaults();
        return options.withConcurrency(concurrency == null ? options.concurrency() : concurrency)
                .withMaxAttempts(maxAttempts == null ? options.maxAttempts() : maxAttempts)
                .withBackoff(backoff.on(options.backoff()));
    }
}
