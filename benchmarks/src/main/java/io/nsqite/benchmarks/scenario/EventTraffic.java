package io.nsqite.benchmarks.scenario;

import io.nsqite.benchmarks.bus.AsyncTraffic;
import io.nsqite.benchmarks.bus.BusTraffic;
import io.nsqite.benchmarks.bus.FlowTraffic;
import io.nsqite.benchmarks.bus.Shape;
import io.nsqite.benchmarks.bus.Traffic;
import io.nsqite.benchmarks.harness.Experiment;
import io.nsqite.benchmarks.harness.Measure;
import io.nsqite.benchmarks.harness.Plan;
import io.nsqite.benchmarks.harness.Reading;
import io.nsqite.benchmarks.harness.Scenario;
import io.nsqite.benchmarks.harness.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Events in memory, without any database. */
final class EventTraffic implements Scenario {

    private static final String ASYNC = "; baseline: @Async listeners";
    private static final String FLOW = "; baseline: SubmissionPublisher";

    @Override
    public int number() {
        return 16;
    }

    @Override
    public String title() {
        return "event bus: publishers to subscribers in memory, bounded queues";
    }

    @Override
    public List<Experiment> experiments(Plan plan) {
        return Stream.of(new Shape(1, 1, 1), new Shape(1, 3, 1), new Shape(4, 1, 1), new Shape(1, 1, 5))
                .map(shape -> experiment(plan, shape))
                .toList();
    }

    private static Experiment experiment(Plan plan, Shape shape) {
        Traffic traffic = new Traffic(shape, plan.payload(), plan.scale().timed());
        String name = "event bus, " + shape;
        AsyncTraffic async = new AsyncTraffic(traffic);
        List<Reading> readings = new ArrayList<>();
        readings.add(Reading.ofRate(16, name + ASYNC, targets(shape)).against(async));
        readings.add(Reading.of(16, name + ", allocated per event" + ASYNC, Measure.ALLOCATED)
                .against(async));
        if (shape.concurrency() == 1) { // it has no more
            FlowTraffic flow = new FlowTraffic(traffic);
            readings.add(Reading.ofRate(16, name + FLOW).against(flow));
            readings.add(Reading.of(16, name + ", allocated per event" + FLOW, Measure.ALLOCATED)
                    .against(flow));
        }
        return Experiment.of(plan.anyLevel(), plan.scale(), new BusTraffic(traffic), readings.toArray(Reading[]::new));
    }

    private static Target[] targets(Shape shape) {
        return shape.equals(new Shape(1, 1, 1))
                ? new Target[] {Target.atLeast(Measure.RATE, 3_000_000)}
                : new Target[0];
    }
}
