package io.nsqite.benchmarks.queue;

import io.nsqite.benchmarks.harness.Crew;
import io.nsqite.benchmarks.harness.Meter;
import io.nsqite.benchmarks.harness.Payload;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.benchmarks.harness.WrongCountException;
import io.nsqite.producer.Producer;
import java.time.Duration;

/**
 * Threads that publish one by one, outside any transaction, to a topic that nobody listens to.
 *
 * @param threads how many
 * @param payload the size of a message's payload in bytes
 * @param length how long to publish
 */
public record SinglePublishing(int threads, int payload, Duration length) implements Trial {

    @Override
    public Sample run(Run run) throws Exception {
        try (CoreQueue queue = CoreQueue.open(run.database(), run.level());
                Meter meter = Meter.start()) {
            Producer producer = queue.producer();
            Crew.Member member = number -> producer.publish(Names.TOPIC, Payload.of(number, payload));
            Crew.Work work = Crew.of(threads, () -> member).workFor(run.length(length));
            Sample sample = work.addTo(meter.read(work.total()));
            WrongCountException.check("Messages", work.total(), queue.messages(Names.TOPIC));
            return sample;
        }
    }
}
