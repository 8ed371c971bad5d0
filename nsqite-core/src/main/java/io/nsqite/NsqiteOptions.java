package io.nsqite;

import io.nsqite.maintenance.RetentionOptions;
import java.time.Duration;

/**
 * Settings of a queue. Immutable; start from {@link #defaults()}.
 *
 * <p>The two intervals are those while something happens. Where the system tells of writes to files (Linux) they grow to a quarter of a second
 * while nothing does, and the next write is noticed at once.
 *
 * @param maxPayloadSize the largest payload in bytes; 1 MB (1,048,576) by default
 * @param lease how long a hung process keeps its channels; 10 s by default, 1 s to 365 days
 * @param sharedPollInterval how often commits of other processes are looked for while another process uses the queue;
 *     4 ms by default, 1 ms to 365 days
 * @param idlePollInterval how often they are looked for while none does, as a net; 50 ms by default, 1 ms to
 *     365 days
 * @param stopTimeout how long {@link Nsqite#close()} waits for running handlers; 30 s by default. One beyond a lifetime is for
 *     ever
 * @param retention how long messages are kept; 7 days after they were consumed by default
 */
public record NsqiteOptions(
        int maxPayloadSize,
        Duration lease,
        Duration sharedPollInterval,
        Duration idlePollInterval,
        Duration stopTimeout,
        RetentionOptions retention) {

    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final String INTERVALS = "1 ms to 365 days";

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
        check(isWithin(SHORTEST_LEASE, lease), "lease", lease, "1 s to 365 days");
        check(isWithin(SHORTEST_INTERVAL, sharedPollInterval), "sharedPollInterval", sharedPollInterval, INTERVALS);
        check(isWithin(SHORTEST_INTERVAL, idlePollInterval), "idlePollInterval", idlePollInterval, INTERVALS);
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

    /** Compared as durations: a long one does not fit into a number of milliseconds. */
    private static boolean isWithin(Duration shortest, Duration value) {
        return value.compareTo(shortest) >= 0 && value.compareTo(LONGEST) <= 0;
    }

    private static void check(boolean valid, String name, Object value, String rule) {
        if (!valid) {
            throw new IllegalArgumentException("%s must be %s but was %s".formatted(name, rule, value));
        }
    }
}
