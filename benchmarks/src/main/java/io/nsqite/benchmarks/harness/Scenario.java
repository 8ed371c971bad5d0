package io.nsqite.benchmarks.harness;

import java.util.List;

/** Something that users do with the queue, to be measured in some variants. */
public interface Scenario {

    /** Its number. */
    int number();

    /** Whether it has lines of this number. */
    default boolean covers(int wanted) {
        return wanted == number();
    }

    /** What it is, in a few words. */
    String title();

    /** The variants to measure. */
    List<Experiment> experiments(Plan plan);
}
