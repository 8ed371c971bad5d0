package io.nsqite.benchmarks.queue;

import io.nsqite.benchmarks.harness.Arrivals;
import io.nsqite.benchmarks.harness.Meter;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.benchmarks.harness.WrongCountException;
import java.time.Duration;

/**
 * One thread that publishes to a topic with many channels, which are paused, a hundred messages per transaction.
 *
 * @param channels how many
 * @param payload the size of a message's payload in bytes
 * @param length how long to publish
 */
public record FanOutPublishing(int channels, int payload, Duration length) implements Trial {

    private static final int PER_TRANSACTION = 100;

    @Override
    public Sample run(Run run) throws Exception {
        Arrivals arrivals = Arrivals.counted();
        try (CoreQueue queue = CoreQueue.open(run.database(), run.level())) {
            PausedChannels.serve(queue, channels, delivery -> arrivals.add());
            try (Meter meter = Meter.start()) {
                long published =
                        new BulkPublisher(queue, PER_TRANSACTION, payload).publish(Names.TOPIC, run.length(length));
                Sample sample = meter.read(published);
                WrongCountException.check("Messages", published, queue.messages(Names.TOPIC));
                arrivals.verify(0);
                return sample;
            }
        }
    }
}
