package io.nsqite.benchmarks.queue;

import io.nsqite.admin.ChannelName;
import io.nsqite.benchmarks.harness.Arrivals;
import io.nsqite.benchmarks.harness.Latencies;
import io.nsqite.benchmarks.harness.Meter;
import io.nsqite.benchmarks.harness.Payload;
import io.nsqite.benchmarks.harness.PreparedLog;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.consumer.ConsumerOptions;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One thread that publishes in transactions of many messages, while a handler that does nothing takes them; until all are
 * acknowledged.
 *
 * @param log where to
 * @param channel whose handler it is
 * @param perTransaction how many to commit together
 * @param payload the size of a message's payload in bytes
 * @param length how long to publish
 */
public record BulkPublishing(PreparedLog log, ChannelName channel, int perTransaction, int payload, Duration length)
        implements Trial {

    private static final int STRIDE = 16;
    private static final int CAPACITY = 200_000;

    @Override
    public Sample run(Run run) throws Exception {
        Path database = log.prepare(run);
        Arrivals arrivals = Arrivals.counted();
        Latencies latencies = Latencies.ofEvery(STRIDE, CAPACITY);
        try (CoreQueue queue = CoreQueue.open(database, run.level())) {
            queue.consume(channel, ConsumerOptions.defaults(), delivery -> {
                latencies.handled(Payload.number(delivery.message().payload()));
                arrivals.add();
            });
            queue.awaitDrained(channel);
            long before = arrivals.count();
            try (Meter meter = Meter.start()) {
                long published = new BulkPublisher(queue, perTransaction, payload, latencies)
                        .publish(channel.topic(), run.length(length));
                queue.awaitDrained(channel);
                Sample sample = meter.read(published);
                arrivals.verify(before + published);
                return latencies.addTo(sample);
            }
        }
    }
}
