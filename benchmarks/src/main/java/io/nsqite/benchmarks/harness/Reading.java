package io.nsqite.benchmarks.harness;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to read an experiment: a line of the table.
 *
 * @param scenario the number of the scenario that the line belongs to
 * @param name what was done
 * @param value the measure that counts
 * @param baseline what it is compared with; null for nothing
 * @param targets what it has to reach
 */
public record Reading(
        int scenario, String name, Measure value, @Nullable Trial baseline, List<Target> targets) {

    /** Of a measure, with targets that need no baseline. */
    public static Reading of(int scenario, String name, Measure value, Target... targets) {
        return new Reading(scenario, name, value, null, List.of(targets));
    }

    /** Of the rate, with targets that need no baseline. */
    public static Reading ofRate(int scenario, String name, Target... targets) {
        return of(scenario, name, Measure.RATE, targets);
    }

    /** Beside what a baseline does. */
    public Reading against(Trial newBaseline) {
        return new Reading(scenario, name, value, newBaseline, targets);
    }
}
