package io.nsqite.benchmarks.harness;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one trial measured. Immutable. */
public final class Sample {

    private final Map<Measure, Double> figures;

    private Sample(Map<Measure, Double> figures) {
        this.figures = figures;
    }

    /** With nothing in it. */
    public static Sample empty() {
        return new Sample(new EnumMap<>(Measure.class));
    }

    /** With one figure more. */
    public Sample with(Measure measure, double figure) {
        Map<Measure, Double> more = new EnumMap<>(figures);
        more.put(measure, figure);
        return new Sample(more);
    }

    /** What was measured; null if this was not. */
    public @Nullable Double get(Measure measure) {
        return figures.get(measure);
    }

    @Override
    public String toString() {
        return figures.toString();
    }
}
