package io.nsqite.benchmarks.queue;

import io.nsqite.benchmarks.harness.Arrivals;
import io.nsqite.benchmarks.harness.Meter;
import io.nsqite.benchmarks.harness.PreparedLog;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.consumer.ConsumerOptions;
import java.nio.file.Path;

/**
 * Handles all that waits, with a handler that does nothing, from the start of the consumer until everything is acknowledged.
 *
 * @param log what waits
 * @param messages how many
 * @param concurrency handlers side by side
 */
public record Draining(PreparedLog log, int messages, int concurrency) implements Trial {

    @Override
    public Sample run(Run run) throws Exception {
        Path database = log.prepare(run);
        Arrivals arrivals = new Arrivals(messages);
        ConsumerOptions options = ConsumerOptions.defaults().withConcurrency(concurrency);
        try (CoreQueue queue = CoreQueue.open(database, run.level());
                Meter meter = Meter.start()) {
            queue.consume(Names.CHANNEL, options, delivery -> arrivals.add());
            arrivals.await(CoreQueue.LIMIT);
            queue.awaitDrained(Names.CHANNEL);
            Sample sample = meter.read(messages);
            arrivals.verify(messages);
            return sample;
        }
    }
}
