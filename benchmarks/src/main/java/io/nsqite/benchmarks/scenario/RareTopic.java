package io.nsqite.benchmarks.scenario;

import io.nsqite.benchmarks.harness.Experiment;
import io.nsqite.benchmarks.harness.Measure;
import io.nsqite.benchmarks.harness.Plan;
import io.nsqite.benchmarks.harness.PreparedLog;
import io.nsqite.benchmarks.harness.Reading;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Scenario;
import io.nsqite.benchmarks.harness.Target;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.benchmarks.queue.Backlogs;
import io.nsqite.benchmarks.queue.BulkPublishing;
import io.nsqite.benchmarks.queue.Names;
import io.nsqite.benchmarks.queue.RareStart;
import java.util.List;

/** A topic with few messages among very many of others. */
final class RareTopic implements Scenario {

    /** What can't be told from nothing. */
    private static final double SAME = 0.95;

    private final Backlogs backlogs;

    RareTopic(Backlogs backlogs) {
        this.backlogs = backlogs;
    }

    @Override
    public int number() {
        return 10;
    }

    @Override
    public String title() {
        return "a rare topic's channel in a log of very many messages of other topics";
    }

    @Override
    public List<Experiment> experiments(Plan plan) {
        int others = plan.scale().hugeBacklog();
        PreparedLog log = backlogs.shared(others);
        Reading start = Reading.of(
                10,
                "start with a message behind %,d of another topic".formatted(others),
                Measure.TIME,
                Target.atMost(Measure.TIME, 1000));
        Reading steady = Reading.ofRate(
                10,
                "published to acknowledged behind %,d of another topic; baseline: an empty log".formatted(others),
                Target.ratioAtLeast(SAME));
        return List.of(
                Experiment.of(plan.anyLevel(), plan.scale(), new RareStart(log), start),
                Experiment.of(
                        plan.anyLevel(),
                        plan.scale(),
                        publishing(plan, log),
                        steady.against(publishing(plan, Run::database))));
    }

    private static Trial publishing(Plan plan, PreparedLog log) {
        return new BulkPublishing(
                log, Names.RARE_CHANNEL, 10, plan.payload(), plan.scale().timed());
    }
}
