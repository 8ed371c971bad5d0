package io.nsqite.benchmarks.bare;

import io.nsqite.benchmarks.harness.Crew;
import io.nsqite.benchmarks.harness.Meter;
import io.nsqite.benchmarks.harness.Payload;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.benchmarks.harness.WrongCountException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Threads that insert a row per transaction as fast as they can, each on a connection of its own, while SQLite's busy handler decides whose
 * turn it is.
 *
 * @param threads how many
 * @param payload the size of a row in bytes
 * @param length how long to insert
 */
public record BareWriters(int threads, int payload, Duration length) implements Trial {

    private static final int SQLITE_BUSY = 5;

    @Override
    public Sample run(Run run) throws Exception {
        try (BareConnection connection = BareConnection.open(run.database(), run.level());
                Meter meter = Meter.start()) {
            connection.execute(BareTable.BUSINESS.create());
            Crew.Work work = Crew.of(
                            threads, () -> new Writer(BareConnection.open(run.database(), run.level()), payload))
                    .workFor(run.length(length));
            Sample sample = work.addTo(meter.read(work.total()));
            WrongCountException.check("Rows", work.total(), connection.number(BareTable.BUSINESS.count()));
            return sample;
        }
    }

    private static final class Writer implements Crew.Member {

        private final BareConnection connection;
        private final PreparedStatement insert;
        private final int payload;

        Writer(BareConnection connection, int payload) throws SQLException {
            this.connection = connection;
            this.payload = payload;
            insert = connection.prepare(BareTable.BUSINESS.insert());
        }

        @Override
        public void work(long number) throws SQLException {
            begin();
            insert.setBytes(1, Payload.of(number, payload));
            insert.executeUpdate();
            connection.commit();
        }

        /** Again and again: the busy handler gives up after 5 s, which happens to who is unlucky. */
        private void begin() throws SQLException {
            while (true) {
                try {
                    connection.begin();
                    return;
                } catch (SQLException e) {
                    if (e.getErrorCode() != SQLITE_BUSY) {
                        throw e;
                    }
                }
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
