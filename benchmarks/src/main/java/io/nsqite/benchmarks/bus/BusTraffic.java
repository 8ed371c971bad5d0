package io.nsqite.benchmarks.bus;

import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.bus.BusOptions;
import io.nsqite.bus.EventBus;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Over the event bus. */
public record BusTraffic(Traffic traffic) implements Trial {

    private static final String TOPIC = "events";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Override
    public Sample run(Run run) throws Exception {
        return traffic.run(run, BusTraffic::open);
    }

    private static Transport open(Shape shape, LongAdder handled) {
        EventBus bus = EventBus.builder().build();
        BusOptions options =
                BusOptions.defaults().withConcurrency(shape.concurrency()).withQueueSize(Shape.QUEUE_SIZE);
        for (int channel = 0; channel < shape.subscribers(); channel++) {
            bus.subscribe(TOPIC, "channel-" + channel, Event.class, options, event -> handled.increment());
        }
        return new Transport() {

            @Override
            public void publish(Event event) {
                bus.publish(TOPIC, event);
            }

            @Override
            public void end() {
                if (!bus.stop(LIMIT).isEmpty()) {
                    throw new IllegalStateException("Not all events were handled within " + LIMIT);
                }
            }
        };
    }
}
