package io.nsqite.benchmarks.scenario;

import io.nsqite.benchmarks.bare.BareInserts;
import io.nsqite.benchmarks.bare.BareTable;
import io.nsqite.benchmarks.harness.Experiment;
import io.nsqite.benchmarks.harness.Level;
import io.nsqite.benchmarks.harness.Plan;
import io.nsqite.benchmarks.harness.Reading;
import io.nsqite.benchmarks.harness.Scenario;
import io.nsqite.benchmarks.harness.Target;
import io.nsqite.benchmarks.queue.SinglePublishing;
import java.util.List;
import java.util.Map;

/** Publishing outside transactions, whose commits are shared by what waits. */
final class PublishOneByOne implements Scenario {

    private static final Map<Level, Map<Integer, Double>> RATIOS = Map.of(
            Level.NORMAL, Map.of(1, 0.8, 16, 2.5, 100, 4.0),
            Level.FULL, Map.of(1, 0.9, 16, 6.0, 100, 15.0));

    @Override
    public int number() {
        return 2;
    }

    @Override
    public String title() {
        return "publish one by one, against one thread of INSERT and COMMIT";
    }

    @Override
    public List<Experiment> experiments(Plan plan) {
        return plan.variants(plan.threadsOr(1, 16, 100), (level, threads) -> experiment(plan, level, threads));
    }

    private static Experiment experiment(Plan plan, Level level, int threads) {
        Reading reading =
                Reading.ofRate(2, "publish one by one, %d threads".formatted(threads), targets(level, threads));
        return Experiment.of(
                level,
                plan.scale(),
                new SinglePublishing(threads, plan.payload(), plan.scale().timed()),
                reading.against(new BareInserts(
                        BareTable.LOG, 1, plan.payload(), plan.scale().timed())));
    }

    private static Target[] targets(Level level, int threads) {
        Double ratio = RATIOS.getOrDefault(level, Map.of()).get(threads);
        return ratio == null ? new Target[0] : new Target[] {Target.ratioAtLeast(ratio)};
    }
}
