package io.nsqite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nsqite.admin.ChannelName;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.message.NewMessage;
import io.nsqite.retry.ExponentialBackoff;
import io.nsqite.sqlite.SqliteConnection;
import io.nsqite.sqlite.SqliteDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class QueueTests {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private SqliteDataSource dataSource;
    private Nsqite nsqite;

    @BeforeEach
    void open() {
        dataSource = SqliteDataSource.forUrl("jdbc:sqlite:" + folder.resolve("app.db"));
        nsqite = Nsqite.builder(dataSource).build();
    }

    @AfterEach
    void close() {
        nsqite.close();
    }

    @Test
    void aPublishedMessageReachesItsHandlerWithKeyHeadersAndPayload() {
        List<String> handled = new CopyOnWriteArrayList<>();
        nsqite.consume(
                "orders",
                "mail",
                delivery -> handled.add(
                        delivery.message().key() + " " + delivery.message().headers() + " "
                                + new String(delivery.message().payload()) + " " + delivery.attempt()));

        nsqite.producer().publish(NewMessage.to("orders", "hello").withKey("k").withHeaders(Map.of("a", "\"ä\\\n")));

        await().atMost(LIMIT).until(() -> handled.size() == 1);
        assertThat(handled.get(0))
                .startsWith("k {")
                .contains("a=\"ä\\\n", "content-type=text/plain")
                .endsWith("hello 1");
        nsqite.admin().awaitDrained(new ChannelName("orders", "mail"), LIMIT);
    }

    @Test
    void messagesOfATransactionArriveAfterItsCommitOnly() throws Exception {
        List<Long> handled = new CopyOnWriteArrayList<>();
        nsqite.consume(
                "orders", "mail", delivery -> handled.add(delivery.message().id()));

        try (SqliteConnection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            nsqite.producer().publishTx(connection, NewMessage.to("orders", "lost"));
            connection.rollback();
            long id = nsqite.producer().publishTx(connection, NewMessage.to("orders", "kept"));
            assertThat(handled).isEmpty();
            connection.commit();
            await().atMost(LIMIT).until(() -> handled.equals(List.of(id)));
        }
    }

    @Test
    void manyMessagesAreEachHandledOnceByManyHandlers() {
        Set<Long> handled = ConcurrentHashMap.newKeySet();
        List<Long> twice = new CopyOnWriteArrayList<>();
        nsqite.consume("orders", "mail", ConsumerOptions.defaults().withConcurrency(5), delivery -> {
            if (!handled.add(delivery.message().id())) {
                twice.add(delivery.message().id());
            }
        });
        for (int batch = 0; batch < 100; batch++) {
            nsqite.producer()
                    .publish(java.util.stream.IntStream.range(0, 100)
                            .mapToObj(i -> NewMessage.to("orders", "x" + i))
                            .toList());
        }
        nsqite.admin().awaitDrained(new ChannelName("orders", "mail"), LIMIT);
        assertThat(handled).hasSize(10_000);
        assertThat(twice).isEmpty();
    }

    @Test
    void aHandlerThatFailsRunsAsOftenAsItMayAndTheMessageIsADeadLetterThen() {
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        ExponentialBackoff backoff = new ExponentialBackoff(Duration.ofMillis(20), 2, Duration.ofSeconds(1), 0);
        nsqite.consume(
                "orders", "mail", ConsumerOptions.defaults().withMaxAttempts(3).withBackoff(backoff), delivery -> {
                    attempts.add(delivery.attempt());
                    throw new IllegalStateException("no mail today");
                });
        nsqite.producer().publish("orders", "x");
        nsqite.admin().awaitDrained(new ChannelName("orders", "mail"), LIMIT);
        assertThat(attempts).containsExactly(1, 2, 3);
        assertThat(nsqite.admin().deadLetters(io.nsqite.admin.DeadLetterQuery.all()))
                .singleElement()
                .satisfies(dead -> {
                    assertThat(dead.attempts()).isEqualTo(3);
                    assertThat(dead.error()).contains("no mail today");
                    assertThat(dead.stack()).contains("QueueTests");
                });
    }
}
