package io.nsqite.benchmarks.scenario;

import io.nsqite.benchmarks.bare.BareWriters;
import io.nsqite.benchmarks.harness.Experiment;
import io.nsqite.benchmarks.harness.Level;
import io.nsqite.benchmarks.harness.Measure;
import io.nsqite.benchmarks.harness.Plan;
import io.nsqite.benchmarks.harness.Reading;
import io.nsqite.benchmarks.harness.Scenario;
import io.nsqite.benchmarks.harness.Target;
import io.nsqite.benchmarks.queue.BusyLatency;
import java.time.Duration;
import java.util.List;

/** From commit to handler while others write as fast as they can, and how those fare. */
final class BusyWriters implements Scenario {

    private static final int THREADS = 8;
    private static final int TIMES_LONGER = 3;

    @Override
    public int number() {
        return 7;
    }

    @Override
    public String title() {
        return "end of commit to handler at 200/s, under 8 threads that write";
    }

    @Override
    public List<Experiment> experiments(Plan plan) {
        return plan.levels().stream().map(level -> experiment(plan, level)).toList();
    }

    private static Experiment experiment(Plan plan, Level level) {
        Duration length = plan.scale().timed().multipliedBy(TIMES_LONGER);
        Reading reading = Reading.ofRate(
                7,
                "8 writing threads, beside 200 messages/s; baseline: SQLite's busy handler",
                Target.atMost(Measure.P99, 5),
                Target.atMost(Measure.WORST_TRANSACTION, 50),
                Target.atLeast(Measure.FAIRNESS, 0.8),
                Target.ratioAtLeast(level == Level.NORMAL ? 0.75 : 0.95));
        return Experiment.of(
                level,
                plan.scale(),
                new BusyLatency(THREADS, plan.payload(), length),
                reading.against(new BareWriters(THREADS, plan.payload(), length)));
    }
}
