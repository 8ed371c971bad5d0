package io.nsqite.benchmarks.scenario;

import io.nsqite.benchmarks.harness.Experiment;
import io.nsqite.benchmarks.harness.Level;
import io.nsqite.benchmarks.harness.Measure;
import io.nsqite.benchmarks.harness.Plan;
import io.nsqite.benchmarks.harness.Reading;
import io.nsqite.benchmarks.harness.Scenario;
import io.nsqite.benchmarks.harness.Target;
import io.nsqite.benchmarks.process.RemoteLatency;
import io.nsqite.benchmarks.queue.QuietLatency;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** From commit to handler at a modest pace. */
final class QuietCommits implements Scenario {

    private static final int TIMES_LONGER = 5;

    @Override
    public int number() {
        return 6;
    }

    @Override
    public String title() {
        return "end of commit to handler at 200/s";
    }

    @Override
    public List<Experiment> experiments(Plan plan) {
        return plan.levels().stream()
                .flatMap(level -> Stream.of(inProcess(plan, level), fromAnother(plan, level)))
                .toList();
    }

    private static Experiment inProcess(Plan plan, Level level) {
        return Experiment.of(
                level,
                plan.scale(),
                new QuietLatency(plan.payload(), length(plan)),
                Reading.of(
                        6,
                        "commit to handler at 200/s",
                        Measure.P50,
                        Target.atMost(Measure.P50, 0.05),
                        Target.atMost(Measure.P99, 0.5)));
    }

    private static Experiment fromAnother(Plan plan, Level level) {
        return Experiment.of(
                level,
                plan.scale(),
                new RemoteLatency(plan.payload(), length(plan)),
                Reading.of(
                        6,
                        "commit to handler in another process at 200/s",
                        Measure.P50,
                        Target.atMost(Measure.P50, 3),
                        Target.atMost(Measure.P99, 8)));
    }

    private static Duration length(Plan plan) {
        return plan.scale().timed().multipliedBy(TIMES_LONGER);
    }
}
