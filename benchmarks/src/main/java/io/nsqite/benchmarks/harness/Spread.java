package io.nsqite.benchmarks.harness;

import java.util.List;

/** The middle of some figures, and their range. */
record Spread(double median, double min, double max) {

    /** @param figures at least one */
    static Spread of(List<Double> figures) {
        double[] sorted =
                figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
