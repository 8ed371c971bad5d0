package io.nsqite.benchmarks.harness;

import java.util.List;
import java.util.Objects;

/**
 * A trial of the product, its baselines, and how to read what they measure.
 *
 * @param level how safe commits are in all of its trials
 * @param product the trial of the product
 * @param readings at least one
 * @param repeats how often everything is run
 * @param warmUp what is run before that
 */
public record Experiment(Level level, Trial product, List<Reading> readings, int repeats, WarmUp warmUp) {

    public Experiment {
        readings = List.copyOf(readings);
    }

    /** With one or more readings, each of which is a line of the table. */
    public static Experiment of(Level level, Scale scale, Trial product, Reading... readings) {
        return new Experiment(level, product, List.of(readings), scale.repeats(), scale.warmUp());
    }

    /** With another number of repetitions. */
    public Experiment withRepeats(int newRepeats) {
        return new Experiment(level, product, readings, newRepeats, warmUp);
    }

    /** One whose trials have processes of their own. */
    public Experiment withoutWarmUp() {
        return new Experiment(level, product, readings, repeats, WarmUp.none());
    }

    /** What else is run, each once, however many readings it has. */
    List<Trial> baselines() {
        return readings.stream()
                .map(Reading::baseline)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
