package io.nsqite.bus;

import io.nsqite.wakeup.Deadline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long publishing waits for room, for all subscribers together.
 *
 * @param deadline by when it ends, on the clock of {@link System#nanoTime()}
 * @param isEndless whether the publisher has set no limit
 */
record Patience(long deadline, boolean isEndless) {

    private static final Duration LIFETIME = Duration.ofSeconds(Long.MAX_VALUE);

    /** @param timeout from now on; null for no limit */
    static Patience of(@Nullable Duration timeout) {
        return timeout == null
                ? new Patience(Deadline.after(LIFETIME), true)
                : new Patience(Deadline.after(timeout), false);
    }
}
