package io.nsqite.benchmarks.queue;

import io.nsqite.benchmarks.harness.Latencies;
import io.nsqite.benchmarks.harness.Payload;
import io.nsqite.message.NewMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes a message per transaction, {@value #PER_SECOND} a second.
 *
 * @param queue where to
 * @param payload the size of a message's payload in bytes
 * @param latencies is told of each commit
 */
public record PacedPublisher(CoreQueue queue, int payload, Latencies latencies) {

    /** How many a second. */
    public static final int PER_SECOND = 200;

    private static final long INTERVAL = Duration.ofSeconds(1).toNanos() / PER_SECOND;

    /** How many are published in a time. */
    public static int countIn(Duration time) {
        return (int) Math.max(1, time.toNanos() / INTERVAL);
    }

    /** Publishes so many. */
    public void publish(int count) throws SQLException {
        try (Connection connection = queue.connection()) {
            long next = System.nanoTime();
            for (int number = 0; number < count; number++) {
                awaitTime(next);
                next += INTERVAL;
                queue.producer().publishTx(connection, NewMessage.to(Names.TOPIC, Payload.of(number, payload)));
                connection.commit();
                latencies.committed(number);
            }
        }
    }

    private static void awaitTime(long time) {
        for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
