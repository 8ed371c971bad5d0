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
 * processes on Linux, where it is the system's monotonic clock. The first second does not count.
 *
 * @param payload the size of a message's payload in bytes
 * @param length how long to publish
 */
public record RemoteLatency(int payload, Duration length) implements Trial {

    @Override
    public Sample run(Run run) throws Exception {
        int counted = PacedPublisher.countIn(run.length(length));
        int warmUp = Math.min(counted, PacedPublisher.PER_SECOND); // the other JVM has compiled nothing yet
        int count = warmUp + counted;
        Latencies latencies = Latencies.ofAll(count);
        try (CoreQueue queue = CoreQueue.open(run.database(), run.level());
                ChildJvm child = ChildJvm.start(LatencyProgram.class, run.database(), run.level(), count)) {
            child.await(LatencyProgram.READY);
            try (Meter meter = Meter.start()) {
                new PacedPublisher(queue, payload, latencies).publish(count);
                Sample sample = meter.read(count);
                for (int number = 0; number < count; number++) {
                    long handledAt = Long.parseLong(child.nextLine());
                    if (number >= warmUp) {
                        latencies.handledAt(number, handledAt);
                    }
                }
                return latencies.addTo(sample);
            }
        }
    }
}
