package io.nsqite.spring.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.nsqite.database.WriterListener;

/** Measures the transactions of the queue's writer. */
final class WriterMetrics implements WriterListener {

    private final DistributionSummary batch;
    private final Timer wait;
    private final Timer commits;

    WriterMetrics(MeterRegistry registry) {
        batch = DistributionSummary.builder(QueueMeter.WRITER_BATCH.getName())
                .baseUnit(QueueMeter.WRITER_BATCH.getBaseUnit())
                .description(QueueMeter.WRITER_BATCH.description())
                .register(registry);
        wait = Timer.builder(QueueMeter.WRITER_WAIT.getName())
                .description(QueueMeter.WRITER_WAIT.description())
                .register(registry);
        commits = Timer.builder(QueueMeter.WRITER_COMMIT.getName())
                .description(QueueMeter.WRITER_COMMIT.description())
                .register(registry);
    }

    @Override
    public void committed(Commit commit) {
        batch.record(commit.operations());
        wait.record(commit.waited());
        commits.record(commit.took());
    }
}
