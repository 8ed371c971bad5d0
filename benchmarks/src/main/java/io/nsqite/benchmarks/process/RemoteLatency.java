package io.nsqite.benchmarks.process;

import io.nsqite.benchmarks.harness.Latencies;
import io.nsqite.benchmarks.harness.Meter;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.benchmarks.queue.CoreQueue;
import io.nsqite.benchmarks.queue.PacedPublisher;
import java.time.Duration;

/**
 * How long messages take to a handler in another process, at a modest pace. What {@link System#nanoTime} says can be compared between
 * processes on Linux, where it is the system's monotonic clock.
 *
 * @param payload the size of a message's payload in bytes
 * @param length how long to publish
 */
public record RemoteLatency(int payload, Duration length) implements Trial {

    @Override
    public Sample run(Run run) throws Exception {
        int count = PacedPublisher.countIn(run.length(length));
        Latencies latencies = Latencies.ofAll(count);
        try (CoreQueue queue = CoreQueue.open(run.database(), run.level());
                ChildJvm child = ChildJvm.start(LatencyProgram.class, run.database(), run.level(), count)) {
            child.await(LatencyProgram.READY);
            try (Meter meter = Meter.start()) {
                new PacedPublisher(queue, payload, latencies).publish(count);
                Sample sample = meter.read(count);
                for (int number = 0; number < count; number++) {
                    latencies.handledAt(number, Long.parseLong(child.nextLine()));
                }
                return latencies.addTo(sample);
            }
        }
    }
}
