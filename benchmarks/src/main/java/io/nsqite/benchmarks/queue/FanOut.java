package io.nsqite.benchmarks.queue;

import io.nsqite.benchmarks.harness.Arrivals;
import io.nsqite.benchmarks.harness.Meter;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;

/**
 * Many channels on a topic: what they handle, in deliveries a second, once they are resumed while each has the same before it.
 *
 * @param channels how many
 * @param messages how many messages each has before it
 * @param payload the size of a message's payload in bytes
 */
public record FanOut(int channels, int messages, int payload) implements Trial {

    @Override
    public Sample run(Run run) throws Exception {
        int count = run.count(messages);
        long deliveries = (long) count * channels;
        Arrivals arrivals = new Arrivals(deliveries);
        try (CoreQueue queue = CoreQueue.open(run.database(), run.level())) {
            PausedChannels paused = PausedChannels.serve(queue, channels, delivery -> arrivals.add());
            Publishing.publish(queue.producer(), count, Publishing.messages(Names.TOPIC, payload));
            try (Meter meter = Meter.start()) {
                paused.resume();
                arrivals.await(CoreQueue.LIMIT);
                queue.admin().awaitDrained(Names.TOPIC, CoreQueue.LIMIT);
                Sample sample = meter.read(deliveries);
                arrivals.verify(deliveries);
                return sample;
            }
        }
    }
}
