package io.nsqite.benchmarks.scenario;

import io.nsqite.benchmarks.bare.BareRead;
import io.nsqite.benchmarks.boot.AnnotatedDraining;
import io.nsqite.benchmarks.harness.Experiment;
import io.nsqite.benchmarks.harness.Level;
import io.nsqite.benchmarks.harness.Measure;
import io.nsqite.benchmarks.harness.Plan;
import io.nsqite.benchmarks.harness.PreparedLog;
import io.nsqite.benchmarks.harness.Reading;
import io.nsqite.benchmarks.harness.Scenario;
import io.nsqite.benchmarks.harness.Target;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.benchmarks.queue.Backlogs;
import io.nsqite.benchmarks.queue.Draining;
import java.util.List;
import java.util.stream.Stream;

/** Handling what waits. */
final class DrainBacklog implements Scenario {

    private final Backlogs backlogs;

    DrainBacklog(Backlogs backlogs) {
        this.backlogs = backlogs;
    }

    @Override
    public int number() {
        return 5;
    }

    @Override
    public String title() {
        return "drain a backlog, against a bare read of its rows";
    }

    @Override
    public List<Experiment> experiments(Plan plan) {
        int messages = plan.scale().backlog();
        PreparedLog log = backlogs.copies(messages);
        return Stream.of(
                        plan.variants(
                                plan.listenersOr(1, 5),
                                (level, handlers) -> experiment(
                                        plan,
                                        level,
                                        new Draining(log, messages, handlers),
                                        reading("core handler", handlers, 500_000))),
                        plan.variants(
                                plan.listenersOr(1, 5),
                                (level, handlers) -> experiment(
                                        plan,
                                        level,
                                        new AnnotatedDraining(log, messages, handlers),
                                        reading("annotated byte[] method", handlers, 300_000))))
                .flatMap(List::stream)
                .toList();
    }

    private Experiment experiment(Plan plan, Level level, Trial draining, Reading reading) {
        int messages = plan.scale().backlog();
        return Experiment.of(
                level, plan.scale(), draining, reading.against(new BareRead(backlogs.copies(messages), messages)));
    }

    private static Reading reading(String handler, int concurrency, double target) {
        return Reading.ofRate(
                5,
                "drain a backlog, %s, concurrency %d; baseline: bare read".formatted(handler, concurrency),
                Target.atLeast(Measure.RATE, target));
    }
}
