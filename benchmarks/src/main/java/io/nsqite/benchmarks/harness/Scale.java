package io.nsqite.benchmarks.harness;

import java.time.Duration;

/**
 * How much to do.
 *
 * @param timed how long trials run that are about rates
 * @param steady how long the one trial runs that must show that nothing piles up
 * @param idle how long idle processes are watched
 * @param backlog how many messages wait in trials that drain
 * @param hugeBacklog how many wait in those about many
 * @param repeats how often each trial is run
 */
public record Scale(Duration timed, Duration steady, Duration idle, int backlog, int hugeBacklog, int repeats) {

    /** Figures to publish: about twenty minutes on two cores. */
    public static Scale whole() {
        return new Scale(
                Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(60), 1_000_000, 10_000_000, 3);
    }

    /** A quick look: about two minutes. */
    public static Scale brief() {
        return new Scale(Duration.ofMillis(300), Duration.ofSeconds(2), Duration.ofSeconds(10), 100_000, 200_000, 2);
    }

    /** Just enough to see that everything runs. */
    public static Scale tiny() {
        return new Scale(Duration.ofMillis(30), Duration.ofMillis(100), Duration.ofMillis(300), 2_000, 5_000, 1);
    }

    /** A copy with another number of waiting messages. */
    public Scale withBacklog(int newBacklog) {
        return new Scale(timed, steady, idle, newBacklog, hugeBacklog, repeats);
    }

    /** A copy with another number of repetitions. */
    public Scale withRepeats(int newRepeats) {
        return new Scale(timed, steady, idle, backlog, hugeBacklog, newRepeats);
    }
}
