package io.nsqite.benchmarks.scenario;

import io.nsqite.benchmarks.bare.BareInserts;
import io.nsqite.benchmarks.bare.BareTable;
import io.nsqite.benchmarks.harness.Experiment;
import io.nsqite.benchmarks.harness.Level;
import io.nsqite.benchmarks.harness.Measure;
import io.nsqite.benchmarks.harness.Plan;
import io.nsqite.benchmarks.harness.Reading;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Scenario;
import io.nsqite.benchmarks.harness.Target;
import io.nsqite.benchmarks.queue.BulkPublishing;
import io.nsqite.benchmarks.queue.Names;
import java.util.List;

/** Publishing many messages per transaction, until they are acknowledged; and what that writes. */
final class BulkTransactions implements Scenario {

    private static final int PER_TRANSACTION = 100;

    @Override
    public int number() {
        return 3;
    }

    @Override
    public boolean covers(int wanted) {
        return wanted == 3 || wanted == 15;
    }

    @Override
    public String title() {
        return "publishTx in transactions of 100, published to acknowledged, against bulk INSERT";
    }

    @Override
    public List<Experiment> experiments(Plan plan) {
        return plan.levels().stream().map(level -> experiment(plan, level)).toList();
    }

    private static Experiment experiment(Plan plan, Level level) {
        String name = "publishTx by hundreds, to acknowledged";
        BareInserts inserts = new BareInserts(
                BareTable.LOG, PER_TRANSACTION, plan.payload(), plan.scale().timed());
        return Experiment.of(
                level,
                plan.scale(),
                new BulkPublishing(
                        Run::database,
                        Names.CHANNEL,
                        PER_TRANSACTION,
                        plan.payload(),
                        plan.scale().timed()),
                Reading.ofRate(3, name, targets(level)).against(inserts),
                Reading.of(15, name, Measure.WRITTEN, Target.atMost(Measure.WRITTEN, 700))
                        .against(inserts));
    }

    private static Target[] targets(Level level) {
        return level == Level.NORMAL
                ? new Target[] {Target.ratioAtLeast(0.6), Target.atLeast(Measure.RATE, 150_000)}
                : new Target[] {Target.ratioAtLeast(0.6)};
    }
}
