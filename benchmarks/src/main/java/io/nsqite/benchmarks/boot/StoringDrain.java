package io.nsqite.benchmarks.boot;

import io.nsqite.benchmarks.bare.BareTable;
import io.nsqite.benchmarks.harness.Arrivals;
import io.nsqite.benchmarks.harness.Meter;
import io.nsqite.benchmarks.harness.PreparedLog;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.benchmarks.harness.WrongCountException;
import io.nsqite.benchmarks.queue.CoreQueue;
import java.nio.file.Path;

/**
 * Handles all that waits with a transactional batch listener that stores a row for each message.
 *
 * @param log what waits
 * @param messages how many
 */
public record StoringDrain(PreparedLog log, int messages) implements Trial {

    @Override
    public Sample run(Run run) throws Exception {
        Path database = log.prepare(run);
        Arrivals arrivals = new Arrivals(messages);
        try (BootApplication application = BootApplication.on(database, run.level())
                        .storing(payload -> arrivals.add())
                        .startingLater()
                        .start();
                Meter meter = Meter.start()) {
            application.startListener();
            arrivals.await(CoreQueue.LIMIT);
            application.awaitDrained();
            Sample sample = meter.read(messages);
            arrivals.verify(messages);
            WrongCountException.check("Rows", messages, application.count(BareTable.BUSINESS));
            return sample;
        }
    }
}
