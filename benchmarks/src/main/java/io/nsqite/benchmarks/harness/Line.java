package io.nsqite.benchmarks.harness;

import io.nsqite.benchmarks.harness.Target.Comparison;
import io.nsqite.benchmarks.harness.Target.Judgement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A line of the table: a reading of an experiment, done or failed. */
public final class Line {

    private static final String NOTHING = "-";

    private final Reading reading;
    private final Level level;
    private final Comparison comparison;
    private final List<Judgement> judgements;
    private final @Nullable Exception failure;

    private Line(Reading reading, Level level, Comparison comparison, @Nullable Exception failure) {
        this.reading = reading;
        this.level = level;
        this.comparison = comparison;
        this.failure = failure;
        this.judgements = failure != null
                ? List.of()
                : reading.targets().stream()
                        .map(target -> target.judge(comparison))
                        .toList();
    }

    static Line of(Experiment experiment, Reading reading, Map<Trial, List<Sample>> samples) {
        Series product = new Series(samples.getOrDefault(experiment.product(), List.of()));
        Trial baseline = reading.baseline();
        Series other = baseline == null ? null : new Series(samples.getOrDefault(baseline, List.of()));
        return new Line(reading, experiment.level(), new Comparison(reading.value(), product, other), null);
    }

    static Line failed(Experiment experiment, Reading reading, Exception failure) {
        Comparison nothing = new Comparison(reading.value(), new Series(List.of()), null);
        return new Line(reading, experiment.level(), nothing, failure);
    }

    /** The number of the scenario. */
    public int scenario() {
        return reading.scenario();
    }

    /** Whether it could not be measured. */
    public boolean isFailed() {
        return failure != null;
    }

    /** Whether it reached all that it was to reach; true if it was to reach nothing. */
    public boolean isMet() {
        return failure == null && judgements.stream().allMatch(Judgement::met);
    }

    /** The cells of the line, in the order of {@link Table#TITLES}. */
    List<String> cells() {
        return List.of(
                Integer.toString(reading.scenario()),
                reading.name(),
                level.name(),
                cell(comparison.product(), reading.value()),
                comparison.baseline() == null ? NOTHING : cell(comparison.baseline(), reading.value()),
                comparison.baseline() == null ? NOTHING : Unit.SHARE.format(comparison.ratio()),
                verdict(),
                latencies(),
                cell(Measure.WRITTEN),
                cell(Measure.CPU),
                cell(Measure.HEAP));
    }

    /** What matters of it. */
    String inShort() {
        return cells().stream().skip(1).limit(6).collect(Collectors.joining(" | "));
    }

    private String verdict() {
        if (failure != null) {
            return "FAILED: "
                    + Objects.toString(failure.getMessage(), failure.toString())
                            .lines()
                            .findFirst()
                            .orElse("");
        }
        return judgements.isEmpty()
                ? NOTHING
                : judgements.stream().map(Judgement::toString).collect(Collectors.joining("; "));
    }

    private String latencies() {
        Spread p50 = comparison.product().spread(Measure.P50);
        return p50 == null
                ? NOTHING
                : Stream.of(Measure.P50, Measure.P99, Measure.SLOWEST)
                        .map(comparison.product()::median)
                        .map("%.2f"::formatted)
                        .collect(Collectors.joining(" / "));
    }

    /** The middle alone: what is not judged needs no range. */
    private String cell(Measure measure) {
        Spread spread = comparison.product().spread(measure);
        return spread == null ? NOTHING : measure.format(spread.median());
    }

    private static String cell(Series series, Measure measure) {
        Spread spread = series.spread(measure);
        return spread == null ? NOTHING : measure.format(spread);
    }
}
