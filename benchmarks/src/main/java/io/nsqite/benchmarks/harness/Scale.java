package io.nsqite.benchmarks.harness;

import java.time.Duration;

/**
 * How much to do.
 *
 * @param times how long to work
 * @param backlog how many messages wait in trials that drain
 * @param hugeBacklog how many wait in those about many
 * @param repeats how often each trial is run
 * @param warmUp what is run before
 */
public record Scale(Times times, int backlog, int hugeBacklog, int repeats, WarmUp warmUp) {

    /** Figures to publish: about half an hour on two cores. */
    public static Scale whole() {
        Times times = new Times(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(60));
        return new Scale(times, 1_000_000, 10_000_000, 3, new WarmUp(0.3, Duration.ofSeconds(6)));
    }

    /** A quick look: about two minutes. */
    public static Scale brief() {
        Times times = new Times(Duration.ofMillis(300), Duration.ofSeconds(2), Duration.ofSeconds(10));
        return new Scale(times, 100_000, 200_000, 2, new WarmUp(0.3, Duration.ofMillis(1500)));
    }

    /** Just enough to see that everything runs. */
    public static Scale tiny() {
        Times times = new Times(Duration.ofMillis(30), Duration.ofMillis(100), Duration.ofMillis(300));
        return new Scale(times, 2_000, 5_000, 1, WarmUp.none());
    }

    /** How long trials run that are about rates. */
    public Duration timed() {
        return times.timed();
    }

    /** How often applications are started. */
    public int starts() {
        return 2 * repeats - 1;
    }

    /** A copy with another number of waiting messages. */
    public Scale withBacklog(int newBacklog) {
        return new Scale(times, newBacklog, hugeBacklog, repeats, warmUp);
    }

    /** A copy with another number of repetitions. */
    public Scale withRepeats(int newRepeats) {
        return new Scale(times, backlog, hugeBacklog, newRepeats, warmUp);
    }

    /**
     * How long to work.
     *
     * @param timed in trials that are about rates
     * @param steady in the one that must show that nothing piles up
     * @param idle in the one that watches idle processes
     */
    public record Times(Duration timed, Duration steady, Duration idle) {}
}
