package io.nsqite.benchmarks.bare;

import io.nsqite.benchmarks.harness.Arrivals;
import io.nsqite.benchmarks.harness.Meter;
import io.nsqite.benchmarks.harness.PreparedLog;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * One thread that reads the rows of a queue's log, as the queue has to, 512 ids at a time, with as small a cache.
 *
 * @param log puts the log in place
 * @param rows how many there are
 */
public record BareRead(PreparedLog log, int rows) implements Trial {

    private static final int STRETCH = 512;
    private static final String SELECT = """
            SELECT id, topic_id, priority, published_at, deliver_at, message_key, headers, payload
            FROM nsqite_message WHERE id > ? AND id <= ? ORDER BY id""";

    @Override
    public Sample run(Run run) throws Exception {
        Path database = log.prepare(run);
        Arrivals read = Arrivals.counted();
        try (BareConnection connection = BareConnection.open(database, run.level());
                PreparedStatement cache = connection.prepare("PRAGMA cache_size=-1000");
                PreparedStatement select = connection.prepare(SELECT);
                Meter meter = Meter.start()) {
            cache.execute();
            for (long from = 0; from < rows; from += STRETCH) {
                read.add(stretch(select, from, Math.min(rows, from + STRETCH)));
            }
            Sample sample = meter.read(rows);
            read.verify(rows);
            return sample;
        }
    }

    private static int stretch(PreparedStatement select, long from, long to) throws SQLException {
        select.setLong(1, from);
        select.setLong(2, to);
        try (ResultSet result = select.executeQuery()) {
            int count = 0;
            while (result.next()) {
                result.getLong(1);
                result.getLong(2);
                result.getInt(3);
                result.getLong(4);
                result.getLong(5);
                result.getString(6);
                result.getString(7);
                result.getBytes(8);
                count++;
            }
            return count;
        }
    }
}
