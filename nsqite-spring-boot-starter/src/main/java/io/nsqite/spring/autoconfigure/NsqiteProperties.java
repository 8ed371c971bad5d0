package io.nsqite.spring.autoconfigure;

import io.nsqite.NsqiteBuilder;
import io.nsqite.NsqiteOptions;
import io.nsqite.maintenance.RetentionOptions;
import io.nsqite.schema.SchemaMode;
import io.nsqite.spring.listener.BackoffSettings;
import io.nsqite.spring.listener.ConfiguredListeners;
import io.nsqite.spring.listener.ListenerSettings;
import io.nsqite.spring.listener.RetryRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the queue.
 *
 * @param enabled Whether there is a queue at all.
 * @param maxPayloadSize Largest payload of a message, encoded; from 1 byte to just below 2 GB.
 * @param lease How long a process that hangs keeps its channels; 1 s to 365 days.
 * @param retention How long messages are kept.
 * @param poll Looking for messages of other processes.
 * @param datasource The data source of the queue.
 * @param exceptionTranslation Whether errors of SQLite become the exceptions that Spring has for those of other databases, in
 *     the application's own JDBC and JPA code as well, unless it has a translator of its own.
 * @param schema The tables of the queue.
 * @param listener All listeners.
 * @param listeners Single listeners by their ids, stronger than their annotations: auto-startup, concurrency,
 *     max-attempts, batch-size, ack-lease, hold-key-behind-dead-letter, retry-for, no-retry-for, error-handler and backoff. An id with a dot
 *     goes into brackets: nsqite.listeners[orders.mail].concurrency=4.
 */
@ConfigurationProperties("nsqite")
public record NsqiteProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("1MB") DataSize maxPayloadSize,
        @DefaultValue("10s") Duration lease,
        @DefaultValue Retention retention,
        @DefaultValue Poll poll,
        @DefaultValue Datasource datasource,
        @DefaultValue("true") boolean exceptionTranslation,
        @DefaultValue Schema schema,
        @DefaultValue Listener listener,
        @DefaultValue Map<String, ListenerSettings> listeners) {

    NsqiteOptions toOptions() {
        NsqiteOptions sized = NsqiteOptions.defaults().withMaxPayloadSize(maxPayloadBytes());
        NsqiteOptions leased = checked("lease", lease, sized::withLease);
        NsqiteOptions stopping =
                checked("listener.shutdown-timeout", listener.shutdownTimeout(), leased::withStopTimeout);
        return polling(stopping).withRetention(retention.toOptions());
    }

    private NsqiteOptions polling(NsqiteOptions options) {
        NsqiteOptions shared = checked(
                "poll.shared-interval",
                poll.sharedInterval(),
                interval -> options.withPollIntervals(interval, options.idlePollInterval()));
        return checked(
                "poll.idle-interval",
                poll.idleInterval(),
                interval -> shared.withPollIntervals(shared.sharedPollInterval(), interval));
    }

    /** Boot says where such a property comes from. */
    private static <T> T checked(String property, Duration value, Function<Duration, T> use) {
        try {
            return use.apply(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationPropertyValueException("nsqite." + property, value, e.getMessage() + ".");
        }
    }

    private int maxPayloadBytes() {
        long bytes = maxPayloadSize.toBytes();
        if (bytes < 1 || bytes > Integer.MAX_VALUE) {
            throw new InvalidConfigurationPropertyValueException(
                    "nsqite.max-payload-size",
                    maxPayloadSize,
                    "It must be from 1 byte to %d bytes, just below 2 GB.".formatted(Integer.MAX_VALUE));
        }
        return (int) bytes;
    }

    ConfiguredListeners toConfiguredListeners() {
        return new ConfiguredListeners(listener.toSettings(), listeners);
    }

    /**
     * How long messages are kept. What a channel has not consumed and dead letters are kept however old they are.
     *
     * @param consumed How long messages are kept that every channel has consumed, for replay and for deduplication.
     * @param unheard How long messages of a topic that never had a channel are kept; for ever unless set.
     */
    public record Retention(
            @DefaultValue("7d") Duration consumed, @Nullable Duration unheard) {

        RetentionOptions toOptions() {
            RetentionOptions options =
                    checked("retention.consumed", consumed, RetentionOptions.defaults()::withConsumed);
            return unheard == null ? options : checked("retention.unheard", unheard, options::withUnheard);
        }
    }

    /**
     * Looking for messages of other processes; those of this process are noticed when they commit.
     *
     * @param sharedInterval How often to look while another process uses the queue; 1 ms to 365 days.
     * @param idleInterval How often to look while none does; 1 ms to 365 days.
     */
    public record Poll(
            @DefaultValue("4ms") Duration sharedInterval,
            @DefaultValue("50ms") Duration idleInterval) {}

    /**
     * The data source of the queue.
     *
     * @param repair Whether to put repaired connections under Hikari pools on SQLite. Without them writers starve each
     *     other, transactions that read before they write fail, and messages are noticed later.
     */
    public record Datasource(@DefaultValue("true") boolean repair) {}

    /**
     * The tables of the queue.
     *
     * @param initialize What to do about the tables at the start: "always" creates and upgrades them, "validate" changes nothing and
     *     checks that all is there, "never" changes nothing and checks only that they are there in a usable version.
     * @param tablePrefix What the names of tables, indexes, triggers and views begin with: a letter or _, then up to 30 letters, digits or _.
     *     With another prefix it is another queue.
     */
    public record Schema(
            @DefaultValue("always") SchemaMode initialize,
            @DefaultValue("nsqite_") String tablePrefix) {

        void applyTo(NsqiteBuilder builder) {
            builder.schemaMode(initialize);
            try {
                builder.tablePrefix(tablePrefix);
            } catch (IllegalArgumentException e) {
                throw new InvalidConfigurationPropertyValueException(
                        "nsqite.schema.table-prefix", tablePrefix, e.getMessage());
            }
        }
    }

    /**
     * All listeners, unless their annotations or their own properties say otherwise.
     *
     * @param autoStartup Whether they start with the application. Publishing works either way.
     * @param concurrency How many messages each of them handles side by side, and with ackMode MANUAL how many may be without an answer; 1
     *     to 1000.
     * @param maxAttempts How often a message is handled before it becomes a dead letter; 0 is without end.
     * @param ackLease How long a delivery of a listener that acknowledges by hand may stay without an answer or a touch
     *     before it comes back; 1 ms to 365 days.
     * @param holdKeyBehindDeadLetter Whether, in ordered listeners, a dead letter holds its key until it is replayed or
     *     discarded. Otherwise the next message of the key goes on.
     * @param retryFor Classes of exceptions. If there are any, only a failure that is, or is caused by, one of these is tried
     *     again.
     * @param noRetryFor Classes of exceptions. A failure that is, or is caused by, one of these makes the message a dead
     *     letter at once.
     * @param errorHandler Name of the FailureHandler bean that decides what becomes of a message that failed; the only or primary one
     *     unless set.
     * @param backoff How long a failed message waits.
     * @param shutdownTimeout How long running handlers may take when the application stops.
     * @param mdc Whether log lines of handlers can tell of topic, channel, message and attempt, by the diagnostic context.
     */
    public record Listener(
            @DefaultValue("true") boolean autoStartup,
            @DefaultValue("1") int concurrency,
            @DefaultValue("10") int maxAttempts,
            @DefaultValue("1m") Duration ackLease,
            @DefaultValue("false") boolean holdKeyBehindDeadLetter,
            @DefaultValue List<Class<? extends Throwable>> retryFor,
            @DefaultValue List<Class<? extends Throwable>> noRetryFor,
            @Nullable String errorHandler,
            @DefaultValue Backoff backoff,
            @DefaultValue("30s") Duration shutdownTimeout,
            @DefaultValue("true") boolean mdc) {

        /** Checked while binding, so that Boot says where it stands. */
        public Listener {
            RetryRules.checkThrowable("retry-for", retryFor);
            RetryRules.checkThrowable("no-retry-for", noRetryFor);
        }

        ListenerSettings toSettings() {
            return new ListenerSettings(
                    autoStartup,
                    concurrency,
                    maxAttempts,
                    null,
                    ackLease,
                    holdKeyBehindDeadLetter,
                    retryFor,
                    noRetryFor,
                    errorHandler,
                    backoff.toSettings());
        }
    }

    /**
     * How long a failed message waits.
     *
     * @param delay Delay after the first failure; up to 365,000 days.
     * @param multiplier Factor from one delay to the next; 1 or more.
     * @param maxDelay Longest delay, before jitter; up to 365,000 days.
     * @param jitter How far a delay may be off to either side, as a share of it; 0 to 1.
     */
    public record Backoff(
            @DefaultValue("1s") Duration delay,
            @DefaultValue("2") double multiplier,
            @DefaultValue("5m") Duration maxDelay,
            @DefaultValue("0.2") double jitter) {

        BackoffSettings toSettings() {
            return new BackoffSettings(delay, multiplier, maxDelay, jitter);
        }
    }
}
