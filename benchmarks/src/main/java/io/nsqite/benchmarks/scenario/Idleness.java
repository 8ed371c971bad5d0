package io.nsqite.benchmarks.scenario;

import io.nsqite.benchmarks.harness.Experiment;
import io.nsqite.benchmarks.harness.Measure;
import io.nsqite.benchmarks.harness.Plan;
import io.nsqite.benchmarks.harness.Reading;
import io.nsqite.benchmarks.harness.Scenario;
import io.nsqite.benchmarks.harness.Target;
import io.nsqite.benchmarks.process.Idling;
import java.util.List;

/** What it takes to wait. */
final class Idleness implements Scenario {

    @Override
    public int number() {
        return 13;
    }

    @Override
    public String title() {
        return "idle with 20 channels, over an idle JVM";
    }

    @Override
    public List<Experiment> experiments(Plan plan) {
        return List.of(Experiment.of(
                        plan.anyLevel(),
                        plan.scale(),
                        new Idling(plan.scale().times().idle()),
                        Reading.of(
                                13,
                                "idle with 20 channels",
                                Measure.CORE,
                                Target.atMost(Measure.CORE, 0.3),
                                Target.atMost(Measure.LOG_GROWTH, 0)),
                        Reading.of(
                                13,
                                "idle with 20 channels, beside a second process",
                                Measure.CORE_BESIDE,
                                Target.atMost(Measure.CORE_BESIDE, 1)))
                .withRepeats(1)
                .withoutWarmUp());
    }
}
