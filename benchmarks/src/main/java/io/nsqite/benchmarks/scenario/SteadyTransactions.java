package io.nsqite.benchmarks.scenario;

import io.nsqite.benchmarks.bare.BareInserts;
import io.nsqite.benchmarks.bare.BareTable;
import io.nsqite.benchmarks.boot.PlainInserts;
import io.nsqite.benchmarks.boot.SteadyPublishing;
import io.nsqite.benchmarks.harness.Experiment;
import io.nsqite.benchmarks.harness.Level;
import io.nsqite.benchmarks.harness.Measure;
import io.nsqite.benchmarks.harness.Plan;
import io.nsqite.benchmarks.harness.Reading;
import io.nsqite.benchmarks.harness.Scenario;
import io.nsqite.benchmarks.harness.Target;
import java.time.Duration;
import java.util.List;

/** A message per transaction for a long time, with a listener that must keep up; and what that writes. */
final class SteadyTransactions implements Scenario {

    /** A listener that were slower by so much would be left behind as far. */
    private static final double MOST_LEFT_PERCENT = 1;

    @Override
    public int number() {
        return 4;
    }

    @Override
    public boolean covers(int wanted) {
        return wanted == 4 || wanted == 15;
    }

    @Override
    public String title() {
        return "one producer, a publishTx per transaction, one listener";
    }

    @Override
    public List<Experiment> experiments(Plan plan) {
        return plan.levels().stream().map(level -> experiment(plan, level)).toList();
    }

    private static Experiment experiment(Plan plan, Level level) {
        String name = "a publishTx per transaction, one listener";
        Duration length = plan.scale().times().steady();
        Duration baseline = length.dividedBy(3);
        BareInserts bare = new BareInserts(BareTable.LOG, 1, plan.payload(), baseline);
        Reading rate = Reading.ofRate(
                4,
                name + "; baseline: TransactionTemplate without us",
                Target.ratioAtLeast(0.85),
                Target.atMost(Measure.BACKLOG, MOST_LEFT_PERCENT));
        return Experiment.of(
                level,
                plan.scale(),
                new SteadyPublishing(plan.payload(), length),
                rate.against(new PlainInserts(plan.payload(), baseline)),
                Reading.ofRate(4, name + "; baseline: bare JDBC").against(bare),
                Reading.of(15, name, Measure.WRITTEN, Target.atMost(Measure.WRITTEN, 10_000))
                        .against(bare));
    }
}
