package io.nsqite.benchmarks.scenario;

import io.nsqite.benchmarks.harness.Experiment;
import io.nsqite.benchmarks.harness.Level;
import io.nsqite.benchmarks.harness.Plan;
import io.nsqite.benchmarks.harness.Reading;
import io.nsqite.benchmarks.harness.Scenario;
import io.nsqite.benchmarks.harness.Target;
import io.nsqite.benchmarks.queue.FanOut;
import io.nsqite.benchmarks.queue.FanOutPublishing;
import java.util.List;
import java.util.stream.Stream;

/** Several channels on a topic. */
final class ManyChannels implements Scenario {

    private static final int PART = 5;

    @Override
    public int number() {
        return 9;
    }

    @Override
    public String title() {
        return "fan-out: 1, 4, 16 channels on a topic";
    }

    @Override
    public List<Experiment> experiments(Plan plan) {
        return plan.levels().stream()
                .flatMap(level -> Stream.of(
                        publishing(plan, level, 4),
                        publishing(plan, level, 16),
                        draining(plan, level, 1, 4),
                        draining(plan, level, 4, 16)))
                .toList();
    }

    private static Experiment publishing(Plan plan, Level level, int channels) {
        Reading reading = Reading.ofRate(
                9, "publishing to %d paused channels; baseline: to one".formatted(channels), Target.ratioAtLeast(0.95));
        return Experiment.of(
                level,
                plan.scale(),
                new FanOutPublishing(channels, plan.payload(), plan.scale().timed()),
                reading.against(
                        new FanOutPublishing(1, plan.payload(), plan.scale().timed())));
    }

    private static Experiment draining(Plan plan, Level level, int fewer, int more) {
        int messages = plan.scale().backlog() / PART;
        Reading reading = Reading.ofRate(
                9,
                "deliveries of %d channels that drain; baseline: of %d".formatted(more, fewer),
                Target.ratioAtLeast(1));
        return Experiment.of(
                level,
                plan.scale(),
                new FanOut(more, messages, plan.payload()),
                reading.against(new FanOut(fewer, messages, plan.payload())));
    }
}
