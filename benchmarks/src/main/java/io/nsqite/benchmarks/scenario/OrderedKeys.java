package io.nsqite.benchmarks.scenario;

import io.nsqite.benchmarks.harness.Experiment;
import io.nsqite.benchmarks.harness.Level;
import io.nsqite.benchmarks.harness.Plan;
import io.nsqite.benchmarks.harness.Reading;
import io.nsqite.benchmarks.harness.Scenario;
import io.nsqite.benchmarks.harness.Target;
import io.nsqite.benchmarks.queue.KeyedDraining;
import io.nsqite.consumer.KeyOrder;
import java.util.List;

/** Order per key, with failures. */
final class OrderedKeys implements Scenario {

    private static final int PART = 5;

    @Override
    public int number() {
        return 11;
    }

    @Override
    public String title() {
        return "ordered channel, 10,000 keys, concurrency 5, 1 % fail; against the same unordered";
    }

    @Override
    public List<Experiment> experiments(Plan plan) {
        return plan.levels().stream().map(level -> experiment(plan, level)).toList();
    }

    private static Experiment experiment(Plan plan, Level level) {
        int messages = plan.scale().backlog() / PART;
        Reading reading = Reading.ofRate(11, "ordered, 1 % fail once; baseline: unordered", Target.ratioAtLeast(0.5));
        return Experiment.of(
                level,
                plan.scale(),
                new KeyedDraining(KeyOrder.SKIP_DEAD, messages, plan.payload()),
                reading.against(new KeyedDraining(KeyOrder.NONE, messages, plan.payload())));
    }
}
