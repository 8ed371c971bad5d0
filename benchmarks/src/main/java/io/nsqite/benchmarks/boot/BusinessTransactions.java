package io.nsqite.benchmarks.boot;

import io.nsqite.benchmarks.bare.BareTable;
import io.nsqite.benchmarks.harness.Crew;
import io.nsqite.benchmarks.harness.Meter;
import io.nsqite.benchmarks.harness.Payload;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.benchmarks.harness.WrongCountException;
import io.nsqite.benchmarks.queue.Names;
import io.nsqite.producer.Producer;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Business transactions in one application: an INSERT through JdbcTemplate in a TransactionTemplate, and a message or none.
 *
 * @param publishing whether there is a message in each
 * @param threads how many threads work
 * @param payload the size of a row's content and of a message's payload in bytes
 * @param length how long
 */
public record BusinessTransactions(Publishing publishing, int threads, int payload, Duration length) implements Trial {

    @Override
    public Sample run(Run run) throws Exception {
        try (BootApplication application =
                        BootApplication.on(run.database(), run.level()).start();
                Meter meter = Meter.start()) {
            Crew.Work work = Crew.of(threads, () -> member(application)).workFor(run.length(length));
            Sample sample = work.addTo(meter.read(work.total()));
            WrongCountException.check("Rows", work.total(), application.count(BareTable.BUSINESS));
            return sample;
        }
    }

    private Crew.Member member(BootApplication application) {
        TransactionTemplate transactions = application.transactions();
        JdbcTemplate jdbc = application.jdbc();
        if (publishing == Publishing.NOTHING) {
            return number -> transactions.executeWithoutResult(
                    status -> jdbc.update(BareTable.BUSINESS.insert(), Payload.of(number, payload)));
        }
        Producer producer = application.producer();
        return number -> transactions.executeWithoutResult(status -> {
            jdbc.update(BareTable.BUSINESS.insert(), Payload.of(number, payload));
            producer.publishTx(Names.TOPIC, Payload.of(number, payload));
        });
    }

    /** Whether transactions publish. */
    public enum Publishing {
        NOTHING,
        ONE_MESSAGE
    }
}
