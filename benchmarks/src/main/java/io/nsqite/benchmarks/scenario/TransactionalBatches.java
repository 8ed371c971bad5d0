package io.nsqite.benchmarks.scenario;

import io.nsqite.benchmarks.bare.BareInserts;
import io.nsqite.benchmarks.bare.BareTable;
import io.nsqite.benchmarks.boot.StoringDrain;
import io.nsqite.benchmarks.harness.Experiment;
import io.nsqite.benchmarks.harness.Level;
import io.nsqite.benchmarks.harness.Plan;
import io.nsqite.benchmarks.harness.Reading;
import io.nsqite.benchmarks.harness.Scenario;
import io.nsqite.benchmarks.harness.Target;
import io.nsqite.benchmarks.queue.Backlogs;
import java.util.List;

/** A listener that stores, exactly once, in batches. */
final class TransactionalBatches implements Scenario {

    private static final int BATCH = 100;
    private static final int PART = 5;

    private final Backlogs backlogs;

    TransactionalBatches(Backlogs backlogs) {
        this.backlogs = backlogs;
    }

    @Override
    public int number() {
        return 12;
    }

    @Override
    public String title() {
        return "transactional batch listener of 100 that writes a row a message, against a bare loop";
    }

    @Override
    public List<Experiment> experiments(Plan plan) {
        return plan.levels().stream().map(level -> experiment(plan, level)).toList();
    }

    private Experiment experiment(Plan plan, Level level) {
        int messages = plan.scale().backlog() / PART;
        Reading reading = Reading.ofRate(
                12,
                "transactional batches of 100; baseline: bare INSERTs, 100 a transaction",
                Target.ratioAtLeast(0.7));
        return Experiment.of(
                level,
                plan.scale(),
                new StoringDrain(backlogs.copies(messages), messages),
                reading.against(new BareInserts(
                        BareTable.BUSINESS, BATCH, plan.payload(), plan.scale().timed())));
    }
}
