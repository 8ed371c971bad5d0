package io.nsqite.benchmarks.scenario;

import io.nsqite.benchmarks.harness.Experiment;
import io.nsqite.benchmarks.harness.Measure;
import io.nsqite.benchmarks.harness.Plan;
import io.nsqite.benchmarks.harness.Reading;
import io.nsqite.benchmarks.harness.Scenario;
import io.nsqite.benchmarks.harness.Target;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.benchmarks.process.StartUp;
import java.util.List;

/** What the queue adds to the start of an application. */
final class StartTime implements Scenario {

    @Override
    public int number() {
        return 14;
    }

    @Override
    public String title() {
        return "start-up of a minimal Boot application with a listener, against one without the queue";
    }

    @Override
    public List<Experiment> experiments(Plan plan) {
        Trial without = new StartUp(StartUp.Kind.WITHOUT_QUEUE);
        return List.of(Experiment.of(
                        plan.anyLevel(),
                        plan.scale(),
                        new StartUp(StartUp.Kind.WITH_LISTENER),
                        Reading.of(14, "start-up, from main", Measure.TIME, Target.addsAtMost(Measure.TIME, 150))
                                .against(without),
                        Reading.of(14, "start-up, with the JVM's", Measure.WHOLE_START)
                                .against(without))
                .withRepeats(plan.scale().starts())
                .withoutWarmUp());
    }
}
