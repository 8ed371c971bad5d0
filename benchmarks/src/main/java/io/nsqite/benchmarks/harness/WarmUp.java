package io.nsqite.benchmarks.harness;

import java.time.Duration;

/**
 * What to run before it counts.
 *
 * @param share how much of the work each trial does once, as a share of it; 0 for none
 * @param practice how long trials of a kind work before the first of them counts, so that their code is compiled
 */
public record WarmUp(double share, Duration practice) {

    /** Nothing. */
    public static WarmUp none() {
        return new WarmUp(0, Duration.ZERO);
    }
}
