package io.nsqite;

import io.nsqite.maintenance.RetentionOptions;
import java.time.Duration;

/**
 * Settings of a queue. Immutable; start from {@link #defaults()}.
 *
 * @param maxPayloadSize the largest payload in bytes; 1 MB (1,048,576) by default
 * @param lease how long a hung process keeps its channels; 10 s by default, at least 1 s
 * @param sharedPollInterval how often commits of other processes are looked for while another process uses the queue;
 *     4 ms by default
 * @param idlePollInterval how often they are looked for while none does, as a net; 50 ms by default
 * @param stopTimeout how long {@link Nsqite#close()} waits for running handlers; 30 s by default
 * @param retention how long messages are kept; 7 days after they were consumed by default
 */
public record NsqiteOptions(
        int maxPayloadSize,
        Duration lease,
        Duration sharedPollInterval,
        Duration idlePollInterval,
        Duration stopTimeout,
        RetentionOptions retention) {

    private static final NsqiteOptions DEFAULTS = new NsqiteOptions(
            1 << 20,
            Duration.ofSeconds(10),
            Duration.ofMillis(4),
            Duration.ofMillis(50),
            Duration.ofSeconds(30),
            RetentionOptions.defaults());

    /** @throws IllegalArgumentException if a value is out of its range */
    public NsqiteOptions {
        check(maxPayloadSize > 0, "maxPayloadSize", maxPayloadSize, "more than 0 bytes");
        check(lease.compareTo(Duration.ofSeconds(1)) >= 0, "lease", lease, "at least 1 s");
        check(sharedPollInterval.toMillis() >= 1, "sharedPollInterval", sharedPollInterval, "at least 1 ms");
        check(idlePollInterval.toMillis() >= 1, "idlePollInterval", idlePollInterval, "at least 1 ms");
        check(!stopTimeout.isNegative(), "stopTimeout", stopTimeout, "zero or more");
    }

    /** The values named above. */
    public static NsqiteOptions defaults() {
        return DEFAULTS;
    }

    /** A copy with another limit for payloads. */
    public NsqiteOptions withMaxPayloadSize(int bytes) {
        return new NsqiteOptions(bytes, lease, sharedPollInterval, idlePollInterval, stopTimeout, retention);
    }

    /** A copy with another lease. */
    public NsqiteOptions withLease(Duration newLease) {
        return new NsqiteOptions(
                maxPayloadSize, newLease, sharedPollInterval, idlePollInterval, stopTimeout, retention);
    }

    /** A copy with other intervals at which commits of other processes are looked for. */
    public NsqiteOptions withPollIntervals(Duration shared, Duration idle) {
        return new NsqiteOptions(maxPayloadSize, lease, shared, idle, stopTimeout, retention);
    }

    /** A copy with another time for running handlers at close. */
    public NsqiteOptions withStopTimeout(Duration newStopTimeout) {
        return new NsqiteOptions(
                maxPayloadSize, lease, sharedPollInterval, idlePollInterval, newStopTimeout, retention);
    }

    /** A copy that keeps messages for another time. */
    public NsqiteOptions withRetention(RetentionOptions newRetention) {
        return new NsqiteOptions(
                maxPayloadSize, lease, sharedPollInterval, idlePollInterval, stopTimeout, newRetention);
    }

    private static void check(boolean valid, String name, Object value, String rule) {
        if (!valid) {
            throw new IllegalArgumentException("%s must be %s but was %s".formatted(name, rule, value));
        }
    }
}
