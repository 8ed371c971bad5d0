package io.nsqite.spring.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;

/** The counters and timers of one channel. */
record ChannelMeters(
        Counter delivered,
        Counter retried,
        Counter succeeded,
        Counter failed,
        Counter requeued,
        Counter dead,
        Timer handling,
        Timer latency) {

    static ChannelMeters of(MeterRegistry registry, Tags channel) {
        return new ChannelMeters(
                counter(registry, QueueMeter.DELIVERED, channel),
                counter(registry, QueueMeter.RETRIED, channel),
                counter(registry, QueueMeter.SUCCEEDED, channel),
                counter(registry, QueueMeter.FAILED, channel),
                counter(registry, QueueMeter.REQUEUED, channel),
                counter(registry, QueueMeter.DEAD, channel),
                timer(registry, QueueMeter.HANDLING, channel),
                timer(registry, QueueMeter.LATENCY, channel));
    }

    List<Meter> all() {
        return List.of(delivered, retried, succeeded, failed, requeued, dead, handling, latency);
    }

    private static Counter counter(MeterRegistry registry, QueueMeter meter, Tags tags) {
        return Counter.builder(meter.getName())
                .tags(tags)
                .baseUnit(meter.getBaseUnit())
                .description(meter.description())
                .register(registry);
    }

    private static Timer timer(MeterRegistry registry, QueueMeter meter, Tags tags) {
        return Timer.builder(meter.getName())
                .tags(tags)
                .description(meter.description())
                .register(registry);
    }
}
