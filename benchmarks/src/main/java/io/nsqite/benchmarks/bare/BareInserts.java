package io.nsqite.benchmarks.bare;

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
 * One thread that inserts rows as fast as it can.
 *
 * @param table where to
 * @param perTransaction how many rows to commit together
 * @param payload their size in bytes
 * @param length how long to insert
 */
public record BareInserts(BareTable table, int perTransaction, int payload, Duration length) implements Trial {

    @Override
    public Sample run(Run run) throws SQLException {
        try (BareConnection connection = BareConnection.open(run.database(), run.level())) {
            connection.execute(table.create());
            try (PreparedStatement insert = connection.prepare(table.insert());
                    Meter meter = Meter.start()) {
                long end = System.nanoTime() + run.length(length).toNanos();
                long rows = 0;
                for (; System.nanoTime() - end < 0; rows += perTransaction) {
                    connection.begin();
                    insert(insert, rows);
                    connection.commit();
                }
                Sample sample = meter.read(rows);
                WrongCountException.check("Rows", rows, connection.number(table.count()));
                return sample;
            }
        }
    }

    private void insert(PreparedStatement insert, long first) throws SQLException {
        if (perTransaction == 1) {
            insert.setBytes(1, Payload.of(first, payload));
            insert.executeUpdate();
            return;
        }
        for (int i = 0; i < perTransaction; i++) {
            insert.setBytes(1, Payload.of(first + i, payload));
            insert.addBatch();
        }
        insert.executeBatch();
    }
}
