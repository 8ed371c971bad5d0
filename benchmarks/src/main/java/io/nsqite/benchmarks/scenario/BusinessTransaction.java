package io.nsqite.benchmarks.scenario;

import io.nsqite.benchmarks.boot.BusinessTransactions;
import io.nsqite.benchmarks.boot.BusinessTransactions.Publishing;
import io.nsqite.benchmarks.harness.Experiment;
import io.nsqite.benchmarks.harness.Level;
import io.nsqite.benchmarks.harness.Measure;
import io.nsqite.benchmarks.harness.Plan;
import io.nsqite.benchmarks.harness.Reading;
import io.nsqite.benchmarks.harness.Scenario;
import io.nsqite.benchmarks.harness.Target;
import java.util.List;

/** What a message adds to a business transaction. */
final class BusinessTransaction implements Scenario {

    @Override
    public int number() {
        return 1;
    }

    @Override
    public String title() {
        return "business transaction with publishTx, against the same without";
    }

    @Override
    public List<Experiment> experiments(Plan plan) {
        return plan.variants(plan.threadsOr(1, 8), (level, threads) -> experiment(plan, level, threads));
    }

    private static Experiment experiment(Plan plan, Level level, int threads) {
        Reading reading = Reading.ofRate(
                1, "business transaction with publishTx, %d threads".formatted(threads), targets(level, threads));
        return Experiment.of(
                level,
                plan.scale(),
                transactions(plan, Publishing.ONE_MESSAGE, threads),
                reading.against(transactions(plan, Publishing.NOTHING, threads)));
    }

    private static BusinessTransactions transactions(Plan plan, Publishing publishing, int threads) {
        return new BusinessTransactions(
                publishing, threads, plan.payload(), plan.scale().timed());
    }

    private static Target[] targets(Level level, int threads) {
        if (level == Level.FULL) {
            return new Target[] {Target.ratioAtLeast(0.9)};
        }
        return threads == 1 ? new Target[] {Target.addsAtMost(Measure.TRANSACTION, 10)} : new Target[0];
    }
}
