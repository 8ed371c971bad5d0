package io.nsqite;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a queue can work, as it found when it last wrote to and looked at its database.
 *
 * @param problem why it can't, and what to do; null if it can
 * @param since since when it can't; null if it can
 */
public record Condition(@Nullable String problem, @Nullable Instant since) {

    /** All is well. */
    public static final Condition HEALTHY = new Condition(null, null);

    /** Whether it can work. */
    public boolean isHealthy() {
        return problem == null;
    }
}
