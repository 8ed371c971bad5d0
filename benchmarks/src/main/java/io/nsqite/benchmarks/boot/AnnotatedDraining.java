package io.nsqite.benchmarks.boot;

import io.nsqite.benchmarks.harness.Arrivals;
import io.nsqite.benchmarks.harness.Meter;
import io.nsqite.benchmarks.harness.PreparedLog;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.benchmarks.queue.CoreQueue;
import java.nio.file.Path;

/**
 * Handles all that waits, with an annotated method that takes a byte array and does nothing.
 *
 * @param log what waits
 * @param messages how many
 * @param concurrency handlers side by side
 */
public record AnnotatedDraining(PreparedLog log, int messages, int concurrency) implements Trial {

    @Override
    public Sample run(Run run) throws Exception {
        Path database = log.prepare(run);
        Arrivals arrivals = new Arrivals(messages);
        try (BootApplication application = BootApplication.on(database, run.level())
                        .listening(payload -> arrivals.add())
                        .concurrency(concurrency)
                        .startingLater()
                        .start();
                Meter meter = Meter.start()) {
            application.startListener();
            arrivals.await(CoreQueue.LIMIT);
            application.awaitDrained();
            Sample sample = meter.read(messages);
            arrivals.verify(messages);
            return sample;
        }
    }
}
