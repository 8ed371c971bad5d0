package io.nsqite.benchmarks.boot;

import io.nsqite.benchmarks.harness.Arrivals;
import io.nsqite.benchmarks.harness.Latencies;
import io.nsqite.benchmarks.harness.Measure;
import io.nsqite.benchmarks.harness.Meter;
import io.nsqite.benchmarks.harness.Payload;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.benchmarks.queue.Names;
import io.nsqite.producer.Producer;
import java.time.Duration;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One thread that publishes a message per transaction as fast as it can, while an annotated listener handles them.
 *
 * @param payload the size of a message's payload in bytes
 * @param length how long to publish
 */
public record SteadyPublishing(int payload, Duration length) implements Trial {

    private static final int STRIDE = 16;
    private static final int CAPACITY = 200_000;

    @Override
    public Sample run(Run run) throws Exception {
        Arrivals arrivals = Arrivals.counted();
        Latencies latencies = Latencies.ofEvery(STRIDE, CAPACITY);
        PayloadSink sink = received -> {
            latencies.handled(Payload.number(received));
            arrivals.add();
        };
        try (BootApplication application = BootApplication.on(run.database(), run.level())
                        .listening(sink)
                        .start();
                Meter meter = Meter.start()) {
            long published = publish(application, latencies, run.length(length));
            long left = published - arrivals.count();
            application.awaitDrained();
            Sample sample = meter.read(published).with(Measure.BACKLOG, 100.0 * left / published);
            arrivals.verify(published);
            return latencies.addTo(sample);
        }
    }

    private long publish(BootApplication application, Latencies latencies, Duration time) {
        TransactionTemplate transactions = application.transactions();
        Producer producer = application.producer();
        long end = System.nanoTime() + time.toNanos();
        long published = 0;
        for (; System.nanoTime() - end < 0; published++) {
            byte[] message = Payload.of(published, payload);
            transactions.executeWithoutResult(status -> producer.publishTx(Names.TOPIC, message));
            latencies.committed(published);
        }
        return published;
    }
}
