package io.nsqite.benchmarks.queue;

import io.nsqite.benchmarks.harness.Arrivals;
import io.nsqite.benchmarks.harness.Meter;
import io.nsqite.benchmarks.harness.PreparedLog;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import java.nio.file.Path;

/**
 * From the start of a queue to the handler of a message that waits behind very many of another topic, all of which were published since
 * its channel was last served. Goes back to the beginning afterwards.
 *
 * @param log where it waits, and no other message of its topic
 */
public record RareStart(PreparedLog log) implements Trial {

    @Override
    public Sample run(Run run) throws Exception {
        Path database = log.prepare(run);
        Arrivals first = new Arrivals(1);
        try (Meter meter = Meter.start();
                CoreQueue queue = CoreQueue.open(database, run.level())) {
            Consumer consumer = queue.consume(Names.RARE_CHANNEL, ConsumerOptions.defaults(), delivery -> first.add());
            first.await(CoreQueue.LIMIT);
            Sample sample = meter.read(1);
            queue.awaitDrained(Names.RARE_CHANNEL);
            first.verify(1);
            consumer.stop(CoreQueue.LIMIT);
            queue.admin().rewind(Names.RARE_CHANNEL, 1);
            return sample;
        }
    }
}
