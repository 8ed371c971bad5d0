package io.nsqite.benchmarks.queue;

import io.nsqite.benchmarks.bare.BareTable;
import io.nsqite.benchmarks.harness.Arrivals;
import io.nsqite.benchmarks.harness.Crew;
import io.nsqite.benchmarks.harness.Latencies;
import io.nsqite.benchmarks.harness.Meter;
import io.nsqite.benchmarks.harness.Payload;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.consumer.ConsumerOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * How long messages take to a handler at a modest pace, while threads of the application write as fast as they can, a row per
 * transaction.
 *
 * @param threads how many threads write
 * @param payload the size of a row and of a message's payload in bytes
 * @param length how long
 */
public record BusyLatency(int threads, int payload, Duration length) implements Trial {

    @Override
    public Sample run(Run run) throws Exception {
        Duration time = run.length(length);
        int count = PacedPublisher.countIn(time);
        Arrivals arrivals = new Arrivals(count);
        Latencies latencies = Latencies.ofAll(count);
        try (CoreQueue queue = CoreQueue.open(run.database(), run.level())) {
            queue.execute(BareTable.BUSINESS.create());
            queue.consume(Names.CHANNEL, ConsumerOptions.defaults(), delivery -> {
                latencies.handled(Payload.number(delivery.message().payload()));
                arrivals.add();
            });
            PacedPublisher publisher = new PacedPublisher(queue, payload, latencies);
            try (Meter meter = Meter.start()) {
                CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> publish(publisher, count));
                Crew.Work work = Crew.of(threads, () -> new Writer(queue.connection(), payload))
                        .workFor(time);
                Sample sample = work.addTo(meter.read(work.total()));
                publishing.join();
                arrivals.await(CoreQueue.LIMIT);
                queue.awaitDrained(Names.CHANNEL);
                arrivals.verify(count);
                return latencies.addTo(sample);
            }
        }
    }

    private static void publish(PacedPublisher publisher, int count) {
        try {
            publisher.publish(count);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Writer(Connection connection, PreparedStatement insert, int payload) implements Crew.Member {

        Writer(Connection connection, int payload) throws SQLException {
            this(connection, connection.prepareStatement(BareTable.BUSINESS.insert()), payload);
        }

        @Override
        public void work(long number) throws SQLException {
            insert.setBytes(1, Payload.of(number, payload));
            insert.executeUpdate();
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            insert.close();
            connection.close();
        }
    }
}
