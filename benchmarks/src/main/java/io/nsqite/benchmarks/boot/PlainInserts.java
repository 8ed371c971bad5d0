package io.nsqite.benchmarks.boot;

import io.nsqite.benchmarks.bare.BareTable;
import io.nsqite.benchmarks.harness.Meter;
import io.nsqite.benchmarks.harness.Payload;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.benchmarks.harness.WrongCountException;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One thread that inserts a row per transaction into a table like the queue's log, in an application without the queue.
 *
 * @param payload the size of a row's payload in bytes
 * @param length how long to insert
 */
public record PlainInserts(int payload, Duration length) implements Trial {

    @Override
    public Sample run(Run run) {
        try (BootApplication application = BootApplication.on(run.database(), run.level())
                        .withoutQueue()
                        .start();
                Meter meter = Meter.start()) {
            TransactionTemplate transactions = application.transactions();
            JdbcTemplate jdbc = application.jdbc();
            long end = System.nanoTime() + run.length(length).toNanos();
            long rows = 0;
            for (; System.nanoTime() - end < 0; rows++) {
                byte[] row = Payload.of(rows, payload);
                transactions.executeWithoutResult(status -> jdbc.update(BareTable.LOG.insert(), row));
            }
            Sample sample = meter.read(rows);
            WrongCountException.check("Rows", rows, application.count(BareTable.LOG));
            return sample;
        }
    }
}
