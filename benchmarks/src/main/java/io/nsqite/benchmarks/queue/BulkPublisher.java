package io.nsqite.benchmarks.queue;

import io.nsqite.benchmarks.harness.Latencies;
import io.nsqite.benchmarks.harness.Payload;
import io.nsqite.message.NewMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Publishes many messages per transaction, as fast as it can, by a {@code publishTx} for each.
 *
 * @param queue where to
 * @param perTransaction how many to commit together
 * @param payload the size of a message's payload in bytes
 * @param latencies is told of each commit
 */
record BulkPublisher(CoreQueue queue, int perTransaction, int payload, Latencies latencies) {

    /** One whose commits nobody wants to know of. */
    BulkPublisher(CoreQueue queue, int perTransaction, int payload) {
        this(queue, perTransaction, payload, Latencies.ofAll(0));
    }

    /** Publishes for some time; says how many. */
    long publish(String topic, Duration time) throws SQLException {
        try (Connection connection = queue.connection()) {
            long end = System.nanoTime() + time.toNanos();
            long published = 0;
            for (; System.nanoTime() - end < 0; published += perTransaction) {
                for (int i = 0; i < perTransaction; i++) {
                    queue.producer().publishTx(connection, NewMessage.to(topic, Payload.of(published + i, payload)));
                }
                connection.commit();
                for (int i = 0; i < perTransaction; i++) {
                    latencies.committed(published + i);
                }
            }
            return published;
        }
    }
}
