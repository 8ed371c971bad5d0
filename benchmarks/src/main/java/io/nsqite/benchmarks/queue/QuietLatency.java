package io.nsqite.benchmarks.queue;

import io.nsqite.benchmarks.harness.Arrivals;
import io.nsqite.benchmarks.harness.Latencies;
import io.nsqite.benchmarks.harness.Meter;
import io.nsqite.benchmarks.harness.Payload;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.consumer.ConsumerOptions;
import java.time.Duration;

/**
 * How long messages take to a handler in the same process, at a modest pace.
 *
 * @param payload the size of a message's payload in bytes
 * @param length how long to publish
 */
public record QuietLatency(int payload, Duration length) implements Trial {

    @Override
    public Sample run(Run run) throws Exception {
        int count = PacedPublisher.countIn(run.length(length));
        Arrivals arrivals = new Arrivals(count);
        Latencies latencies = Latencies.ofAll(count);
        try (CoreQueue queue = CoreQueue.open(run.database(), run.level());
                Meter meter = Meter.start()) {
            queue.consume(Names.CHANNEL, ConsumerOptions.defaults(), delivery -> {
                latencies.handled(Payload.number(delivery.message().payload()));
                arrivals.add();
            });
            new PacedPublisher(queue, payload, latencies).publish(count);
            arrivals.await(CoreQueue.LIMIT);
            queue.awaitDrained(Names.CHANNEL);
            Sample sample = meter.read(count);
            arrivals.verify(count);
            return latencies.addTo(sample);
        }
    }
}
