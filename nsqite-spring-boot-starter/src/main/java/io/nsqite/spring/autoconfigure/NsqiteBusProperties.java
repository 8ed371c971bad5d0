package io.nsqite.spring.autoconfigure;

import io.nsqite.bus.BusOptions;
import io.nsqite.bus.OverflowPolicy;
import io.nsqite.spring.bus.ConfiguredSubscribers;
import io.nsqite.spring.bus.SubscriberSettings;
import io.nsqite.spring.listener.RetryRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the event bus, which needs no database and has no part in nsqite.enabled.
 *
 * @param enabled Whether there is an event bus.
 * @param stopTimeout How long handlers may take when the application stops; up to 365,000 days.
 * @param subscriber All subscribers, also those that subscribe in code without options.
 * @param subscribers Single subscribers by topic and channel, stronger than their annotations: auto-startup, concurrency, queue-size, when-full,
 *     max-attempts, ack-lease, wait-warning, retry-for, no-retry-for, error-handler and backoff, in brackets:
 *     nsqite.bus.subscribers[prices.chart].concurrency=4.
 */
@ConfigurationProperties("nsqite.bus")
public record NsqiteBusProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("30s") Duration stopTimeout,
        @DefaultValue Subscriber subscriber,
        @DefaultValue Map<String, SubscriberSettings> subscribers) {

    ConfiguredSubscribers toConfiguredSubscribers() {
        return new ConfiguredSubscribers(subscriber.toSettings(), subscribers);
    }

    BusOptions toOptions() {
        return subscriber.toSettings().on(BusOptions.defaults());
    }

    /**
     * All subscribers, unless their annotations or their own properties say otherwise.
     *
     * @param autoStartup Whether annotated ones subscribe with the application.
     * @param concurrency How many events each of them handles side by side, and with ackMode MANUAL how many may be without an answer; 1 to
     *     1000.
     * @param queueSize How many events may wait for each of them, those that wait for a retry included; 1 to 10,000,000.
     * @param whenFull What becomes of an event beyond that: "block" has the publisher wait, "discard" drops and counts it.
     * @param maxAttempts How often an event is handled before it is given up; 0 is without end.
     * @param ackLease How long a delivery of a subscriber that acknowledges by hand may stay without an answer or a touch before it comes back;
     *     1 ms to 365 days.
     * @param waitWarning How long a publisher may wait for room before there is a warning; 1 ms or more.
     * @param retryFor Classes of exceptions. If there are any, only a failure that is, or is caused by, one of these is tried again.
     * @param noRetryFor Classes of exceptions. After a failure that is, or is caused by, one of these the event is given up at once.
     * @param errorHandler Name of the BusFailureHandler bean that gets events which are given up; the only or primary one unless set.
     * @param backoff How long a failed event waits.
     */
    public record Subscriber(
            @DefaultValue("true") boolean autoStartup,
            @DefaultValue("1") int concurrency,
            @DefaultValue("1024") int queueSize,
            @DefaultValue("block") OverflowPolicy whenFull,
            @DefaultValue("10") int maxAttempts,
            @DefaultValue("1m") Duration ackLease,
            @DefaultValue("1s") Duration waitWarning,
            @DefaultValue List<Class<? extends Throwable>> retryFor,
            @DefaultValue List<Class<? extends Throwable>> noRetryFor,
            @Nullable String errorHandler,
            @DefaultValue NsqiteProperties.Backoff backoff) {

        /** Checked while binding, so that Boot says where it stands. */
        public Subscriber {
            RetryRules.checkThrowable("retry-for", retryFor);
            RetryRules.checkThrowable("no-retry-for", noRetryFor);
        }

        SubscriberSettings toSettings() {
            return new SubscriberSettings(
                    autoStartup,
                    concurrency,
                    queueSize,
                    whenFull,
                    maxAttempts,
                    ackLease,
                    waitWarning,
                    retryFor,
                    noRetryFor,
                    errorHandler,
                    backoff.toSettings());
        }
    }
}
