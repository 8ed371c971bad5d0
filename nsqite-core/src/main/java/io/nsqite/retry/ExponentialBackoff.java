package io.nsqite.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a failed delivery is tried again: a first delay that is multiplied after every further failure
 * up to a maximum, each spread at random by the jitter so that what failed together does not come back together.
 *
 * @param delay after the first failure; zero or more, up to a thousand years
 * @param multiplier factor from one delay to the next; 1 or more
 * @param maxDelay the longest delay before jitter; not less than {@code delay}, up to a thousand years
 * @param jitter how far a delay may be off to either side, as a share of it; 0 to 1
 */
public record ExponentialBackoff(Duration delay, double multiplier, Duration maxDelay, double jitter) {

    private static final ExponentialBackoff DEFAULTS =
            new ExponentialBackoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(5), 0.2);

    /** @throws IllegalArgumentException if a value is out of its range */
    public ExponentialBackoff {
        Delays.check("The backoff's delay", delay);
        check(multiplier >= 1 && Double.isFinite(multiplier), "multiplier", multiplier, "1 or more");
        Delays.check("The backoff's maxDelay", maxDelay);
        check(maxDelay.compareTo(delay) >= 0, "maxDelay", maxDelay, "not less than the delay of " + delay);
        check(jitter >= 0 && jitter <= 1, "jitter", jitter, "0 to 1");
    }

    /** 1 s, doubling to 5 min, with 20 % jitter. */
    public static ExponentialBackoff defaults() {
        return DEFAULTS;
    }

    /** A copy with another first delay. */
    public ExponentialBackoff withDelay(Duration newDelay) {
        return new ExponentialBackoff(newDelay, multiplier, maxDelay, jitter);
    }

    /** A copy with another factor. */
    public ExponentialBackoff withMultiplier(double newMultiplier) {
        return new ExponentialBackoff(delay, newMultiplier, maxDelay, jitter);
    }

    /** A copy with another longest delay. */
    public ExponentialBackoff withMaxDelay(Duration newMaxDelay) {
        return new ExponentialBackoff(delay, multiplier, newMaxDelay, jitter);
    }

    /** A copy with another jitter. */
    public ExponentialBackoff withJitter(double newJitter) {
        return new ExponentialBackoff(delay, multiplier, maxDelay, newJitter);
    }

    /**
     * The time to wait after a failure.
     *
     * @param failures how often it has failed so far, from 1
     * @param random where the jitter comes from
     */
    public Duration delayAfter(int failures, RandomGenerator random) {
        double millis = Math.min(
                delay.toMillis() * Math.pow(multiplier, Math.max(0, failures - 1)), (double) maxDelay.toMillis());
        double spread = jitter == 0 ? 0 : jitter * (2 * random.nextDouble() - 1);
        return Duration.ofMillis(Math.round(millis * (1 + spread)));
    }

    private static void check(boolean valid, String name, Object value, String rule) {
        if (!valid) {
            throw new IllegalArgumentException("The backoff's %s must be %s but was %s".formatted(name, rule, value));
        }
    }
}
