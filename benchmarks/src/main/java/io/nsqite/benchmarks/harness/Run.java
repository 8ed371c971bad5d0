package io.nsqite.benchmarks.harness;

import java.nio.file.Path;
import java.time.Duration;

/**
 * One run of a trial.
 *
 * @param folder for its files; empty, and deleted afterwards
 * @param level how safe its commits are
 * @param share how much of the work to do: 1, or less to warm up
 */
public record Run(Path folder, Level level, double share) {

    /** Where to put the database. */
    public Path database() {
        return folder.resolve("benchmark.db");
    }

    /** How long to work, where a whole run works so long. */
    public Duration length(Duration whole) {
        return Duration.ofNanos(Math.round(whole.toNanos() * share));
    }

    /** How much to do, where a whole run does so much. */
    public int count(int whole) {
        return Math.max(1, (int) Math.round(whole * share));
    }
}
