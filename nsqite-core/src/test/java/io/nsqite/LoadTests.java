package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static io.nsqite.QueueFile.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.message.NewMessage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(40)
class LoadTests {

    private static final int PUBLISHERS = 8;
    private static final Duration PUBLISHING = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private final AtomicLong handled = new AtomicLong();
    private QueueFile file;
    private HikariDataSource pool;
    private Nsqite nsqite;

    @BeforeEach
    void open() throws Exception {
        file = new QueueFile(folder);
        pool = new HikariDataSource();
        pool.setDataSource(file.dataSource());
        pool.setMaximumPoolSize(10);
        pool.setAutoCommit(false);
        nsqite = Nsqite.builder(pool).build();
        file.execute("CREATE TABLE business (id INTEGER PRIMARY KEY, text TEXT)");
    }

    @AfterEach
    void close() {
        nsqite.close();
        pool.close();
    }

    @Test
    void publishersAreTreatedAlikeAndTheListenerKeepsUp() throws Exception {
        nsqite.consume(
                "orders", "mail", ConsumerOptions.defaults().withConcurrency(2), delivery -> handled.incrementAndGet());
        ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS);
        List<Long> shares = new ArrayList<>();
        long handledAtEnd;
        try {
            List<Callable<Long>> publishers = IntStream.range(0, PUBLISHERS)
                    .mapToObj(i -> (Callable<Long>) () -> publishFor(PUBLISHING))
                    .toList();
            for (Future<Long> share : threads.invokeAll(publishers)) {
                shares.add(share.get());
            }
            handledAtEnd = handled.get();
        } finally {
            threads.shutdown();
        }

        long published = shares.stream().mapToLong(Long::longValue).sum();
        assertThat(handledAtEnd).as("handled of %d", published).isGreaterThanOrEqualTo(published * 9 / 10);
        assertThat(Collections.min(shares)).as("shares %s", shares).isGreaterThanOrEqualTo(Collections.max(shares) / 2);
        nsqite.admin().awaitDrained(CHANNEL, LIMIT);
        assertThat(handled).hasValue(published);
    }

    private long publishFor(Duration time) throws SQLException {
        long published = 0;
        long end = System.nanoTime() + time.toNanos();
        for (; System.nanoTime() - end < 0; published++) {
            publishInTransaction();
        }
        return published;
    }

    private void publishInTransaction() throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO business (text) VALUES (?)")) {
            insert.setString(1, "a");
            insert.executeUpdate();
            nsqite.producer().publishTx(connection, NewMessage.to("orders", "x"));
            connection.commit();
        }
    }

    @Test
    void aQuietTopicsCursorMovesOverManyMessagesOfOthers() throws Exception {
        nsqite.consume("orders", "mail", delivery -> handled.incrementAndGet());
        nsqite.producer().publish("orders", "x");
        nsqite.admin().awaitDrained(CHANNEL, LIMIT);
        nsqite.producer().publish("others", "x");
        file.execute("""
                INSERT INTO nsqite_message (topic_id, priority, published_at, payload)
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150000)
                SELECT (SELECT id FROM nsqite_topic WHERE name = 'others'), 4, 0, x'00' FROM n""");
        QueueFile.await(() -> Long.parseLong(file.rows("SELECT done_to FROM nsqite_cursor WHERE priority = 4")
                        .get(0))
                > 100_000);
        assertThat(handled).hasValue(1);
    }
}
