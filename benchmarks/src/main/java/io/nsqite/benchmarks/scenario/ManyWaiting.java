package io.nsqite.benchmarks.scenario;

import io.nsqite.benchmarks.harness.Experiment;
import io.nsqite.benchmarks.harness.Measure;
import io.nsqite.benchmarks.harness.Plan;
import io.nsqite.benchmarks.harness.Reading;
import io.nsqite.benchmarks.harness.Scenario;
import io.nsqite.benchmarks.harness.Target;
import io.nsqite.benchmarks.queue.Backlogs;
import io.nsqite.benchmarks.queue.DeepBacklog;
import io.nsqite.benchmarks.queue.ShallowBacklog;
import java.util.List;

/** Consuming with very many messages waiting. */
final class ManyWaiting implements Scenario {

    private static final int FEW = 10_000;
    private static final int HANDLED_OF = 10;

    private final Backlogs backlogs;

    ManyWaiting(Backlogs backlogs) {
        this.backlogs = backlogs;
    }

    @Override
    public int number() {
        return 8;
    }

    @Override
    public String title() {
        return "consuming with very many messages waiting, against few";
    }

    @Override
    public List<Experiment> experiments(Plan plan) {
        int many = plan.scale().hugeBacklog();
        int few = Math.min(FEW, many / HANDLED_OF);
        int handled = many / HANDLED_OF;
        Reading reading = Reading.ofRate(
                8,
                "consuming with %,d waiting; baseline: with %,d".formatted(many, few),
                Target.ratioAtLeast(0.9),
                Target.atMost(Measure.HEAP, 256));
        return List.of(Experiment.of(
                plan.anyLevel(),
                plan.scale(),
                new DeepBacklog(backlogs.shared(many), handled),
                reading.against(new ShallowBacklog(few, handled, plan.payload()))));
    }
}
