package io.nsqite.benchmarks.harness;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The samples of a trial's repetitions. */
record Series(List<Sample> samples) {

    Series {
        samples = List.copyOf(samples);
    }

    /** The middle of a measure and its range; null if it was not measured. */
    @Nullable
    Spread spread(Measure measure) {
        List<Double> figures = samples.stream()
                .map(sample -> sample.get(measure))
                .filter(Objects::nonNull)
                .toList();
        return figures.isEmpty() ? null : Spread.of(figures);
    }

    /**
     * The middle of a measure.
     *
     * @throws IllegalStateException if it was not measured
     */
    double median(Measure measure) {
        Spread spread = spread(measure);
        if (spread == null) {
            throw new IllegalStateException("No trial has measured the " + measure.title());
        }
        return spread.median();
    }
}
