package io.nsqite.benchmarks.harness;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How long trials of each kind have worked by now. */
final class Practice {

    private final Map<Class<?>, Double> millis = new HashMap<>();

    /** Whether trials of this kind have worked for so long. */
    boolean reaches(Trial trial, Duration time) {
        return millis.getOrDefault(trial.getClass(), 0.0) >= time.toMillis();
    }

    /** A trial has worked; one that does not say for how long needs no practice. */
    void add(Trial trial, Sample sample) {
        Double time = sample.get(Measure.TIME);
        millis.merge(trial.getClass(), time == null ? Double.POSITIVE_INFINITY : time, Double::sum);
    }
}
