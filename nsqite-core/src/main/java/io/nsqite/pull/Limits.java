package io.nsqite.pull;

import java.time.Duration;

/** The ranges of what callers ask for. */
final class Limits {

    private static final int MOST_RECEIVED = 1000;
    private static final int MOST_FETCHED = 10_000;
    private static final Duration SHORTEST_VISIBILITY = Duration.ofMillis(1);
    private static final Duration LONGEST_VISIBILITY = Duration.ofHours(12);

    /** Timers count nanoseconds. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);

    private Limits() {}

    static int max(int max) {
        return number("max", max, MOST_RECEIVED);
    }

    static int maxMessages(int maxMessages) {
        return number("maxMessages", maxMessages, MOST_FETCHED);
    }

    private static int number(String name, int number, int most) {
        if (number < 1 || number > most) {
            throw new IllegalArgumentException("%s must be 1 to %d but was %d".formatted(name, most, number));
        }
        return number;
    }

    static Duration waiting(Duration wait) {
        if (wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException(
                    "wait must be 0 to %d days but was %s".formatted(LONGEST_WAIT.toDays(), wait));
        }
        return wait;
    }

    static Duration visibilityTimeout(Duration timeout) {
        if (timeout.compareTo(SHORTEST_VISIBILITY) < 0 || timeout.compareTo(LONGEST_VISIBILITY) > 0) {
            throw new IllegalArgumentException("visibilityTimeout must be %d ms to %d hours but was %s"
                    .formatted(SHORTEST_VISIBILITY.toMillis(), LONGEST_VISIBILITY.toHours(), timeout));
        }
        return timeout;
    }
}
