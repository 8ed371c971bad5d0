package io.nsqite.producer;

import static io.nsqite.QueueFile.CHANNEL;
import static io.nsqite.QueueFile.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.Nsqite;
import io.nsqite.NsqiteOptions;
import io.nsqite.QueueFile;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.StartPosition;
import io.nsqite.message.NewMessage;
import io.nsqite.sqlite.SqliteConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ProducerTests {

    private static final NewMessage MESSAGE = NewMessage.to("orders", "x");

    @TempDir
    Path folder;

    private QueueFile file;
    private Nsqite nsqite;
    private Producer producer;

    @BeforeEach
    void open() {
        file = new QueueFile(folder);
        nsqite = Nsqite.builder(file.dataSource())
                .options(NsqiteOptions.defaults().withMaxPayloadSize(100))
                .build();
        producer = nsqite.producer();
    }

    @AfterEach
    void close() throws Exception {
        nsqite.close();
    }

    private long stored() throws Exception {
        return Long.parseLong(file.rows("SELECT count(*) FROM nsqite_message").get(0));
    }

    private void assertRefused(ThrowingCallable call, Class<? extends Throwable> type, String... texts)
            throws Exception {
        assertThatThrownBy(call).isInstanceOf(type).hasMessageContainingAll(texts);
        assertThat(stored()).isZero();
    }

    @Test
    @SuppressWarnings("NullAway")
    void whatIsNoMessageIsRefused() throws Exception {
        Class<IllegalArgumentException> bad = IllegalArgumentException.class;
        assertRefused(() -> producer.publish((NewMessage) null), bad, "null", "NewMessage.to");
        assertRefused(() -> producer.publish(Arrays.asList(MESSAGE, null)), bad, "null", "NewMessage.to");
        assertRefused(() -> producer.publish("orders", null), bad, "'orders'", "null");
        assertRefused(() -> producer.publish("orders", MESSAGE), bad, "'orders'", "itself a NewMessage");
        assertRefused(() -> producer.publish("orders", new byte[101]), bad, "'orders'", "101", "limit of 100");
        assertRefused(() -> producer.publish("orders", 42), bad, "java.lang.Integer", "byte[] or String");
        for (String topic : new String[] {"", "a b", "ä", "x".repeat(65), null, "a\n"}) {
            assertRefused(() -> producer.publish(topic, "x"), bad, "topic", "1 to 64 characters");
        }
        assertThat(producer.publish(List.of())).isEmpty();
        assertThat(stored()).isZero();
    }

    @Test
    void aPayloadOfTheLargestSizeAndAnEmptyOneArrive() {
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        nsqite.consume(
                "orders", "mail", delivery -> sizes.add(delivery.message().payload().length));
        producer.publish(List.of(NewMessage.to("orders", new byte[100]), NewMessage.to("orders", "")));
        nsqite.admin().awaitDrained(CHANNEL, LIMIT);
        assertThat(sizes).containsExactly(100, 0);
    }

    @Test
    void aConnectionThatNoMessageCanJoinIsRefused() throws Exception {
        Class<IllegalStateException> state = IllegalStateException.class;
        assertRefused(() -> producer.publishTx(MESSAGE), state, "read-write transaction", "call publish");
        try (SqliteConnection connection = file.dataSource().getConnection()) {
            assertRefused(() -> producer.publishTx(connection, MESSAGE), state, "auto-commit", "setAutoCommit(false)");
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            assertRefused(() -> producer.publishTx(connection, MESSAGE), state, "read-only");
        }
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        try (SqliteConnection other = new QueueFile(elsewhere).transaction()) {
            assertRefused(
                    () -> producer.publishTx(other, MESSAGE),
                    IllegalArgumentException.class,
                    elsewhere.toRealPath().toString(),
                    folder.toRealPath().resolve("app.db").toString());
        }
        SqliteConnection closed = file.transaction();
        closed.close();
        assertRefused(() -> producer.publishTx(closed, MESSAGE), PublishException.class, "Looking at the transaction");
    }

    @Test
    void aTopicOfARolledBackTransactionLeavesItsIdToAnotherAndNoMessageGoesAstray() throws Exception {
        Map<String, List<String>> received = consumeAll("first", "second", "third");
        try (SqliteConnection connection = file.transaction()) {
            producer.publishTx(connection, NewMessage.to("new-first", "lost"));
            connection.rollback();
            producer.publishTx(connection, NewMessage.to("new-second", "second"));
            Savepoint savepoint = connection.setSavepoint();
            producer.publishTx(connection, NewMessage.to("new-third", "lost"));
            connection.rollback(savepoint);
            producer.publishTx(connection, NewMessage.to("new-fourth", "fourth"));
            connection.commit();
            producer.publishTx(connection, NewMessage.to("new-third", "third"));
            producer.publishTx(connection, NewMessage.to("new-first", "first"));
            connection.commit();
        }
        producer.publish("first", "a");
        Map<String, List<String>> late = consumeAll("new-first", "new-second", "new-third", "new-fourth");
        for (String topic : late.keySet()) {
            QueueFile.await(() -> late.get(topic).equals(List.of(topic.substring("new-".length()))));
        }
        QueueFile.await(() -> received.get("first").equals(List.of("a")));
        assertThat(received.get("second")).isEmpty();
        assertThat(received.get("third")).isEmpty();
    }

    private Map<String, List<String>> consumeAll(String... topics) {
        Map<String, List<String>> received = new ConcurrentHashMap<>();
        for (String topic : topics) {
            List<String> texts = new CopyOnWriteArrayList<>();
            received.put(topic, texts);
            nsqite.consume(
                    topic,
                    "mail",
                    ConsumerOptions.defaults().withStartFrom(StartPosition.EARLIEST),
                    delivery -> texts.add(new String(delivery.message().payload(), StandardCharsets.UTF_8)));
        }
        return received;
    }

    @Test
    void eightThreadsPublishInTheirTransactionsAndOutsideAndEveryMessageArrivesOnce() throws Exception {
        Set<Long> handled = ConcurrentHashMap.newKeySet();
        List<Long> twice = new CopyOnWriteArrayList<>();
        nsqite.consume("orders", "mail", ConsumerOptions.defaults().withConcurrency(3), delivery -> {
            if (!handled.add(delivery.message().id())) {
                twice.add(delivery.message().id());
            }
        });
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<List<Long>>> work = IntStream.range(0, 8)
                    .mapToObj(thread -> (Callable<List<Long>>) () -> publishSome(thread))
                    .toList();
            List<Long> published = new ArrayList<>();
            for (Future<List<Long>> ids : threads.invokeAll(work)) {
                published.addAll(ids.get());
            }
            nsqite.admin().awaitDrained(CHANNEL, LIMIT);
            assertThat(published).hasSize(8 * 100).doesNotHaveDuplicates();
            assertThat(handled).containsExactlyInAnyOrderElementsOf(published);
            assertThat(twice).isEmpty();
        } finally {
            threads.shutdown();
        }
    }

    /** Half of the threads in transactions of their own, every tenth of which rolls back. */
    private List<Long> publishSome(int thread) throws Exception {
        List<Long> ids = new ArrayList<>();
        if (thread % 2 == 0) {
            for (int i = 0; i < 100; i++) {
                ids.add(producer.publish("orders", "x"));
            }
            return ids;
        }
        try (SqliteConnection connection = file.transaction()) {
            while (ids.size() < 100) {
                producer.publishTx(connection, NewMessage.to("rolled-back-" + ids.size(), "x"));
                connection.rollback();
                for (int i = 0; i < 10; i++) {
                    ids.add(producer.publishTx(connection, MESSAGE));
                    connection.commit();
                }
            }
        }
        return ids;
    }

    @Test
    void aThreadWhoseTransactionWritesIsToldAtOnceThatItCantPublishElsewhere() throws Exception {
        try (SqliteConnection writing = file.transaction();
                SqliteConnection second = file.transaction()) {
            producer.publishTx(writing, MESSAGE);
            String[] advice = {"suspended transaction", "REQUIRES_NEW"};
            assertThatThrownBy(() -> producer.publish("orders", "x"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll(advice);
            assertThatThrownBy(() -> producer.publishTx(second, MESSAGE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll(advice);
            assertThatThrownBy(() -> nsqite.consume("orders", "mail", delivery -> {}))
                    .hasRootCauseMessage(
                            "This thread's own transaction is writing to the queue's database, and SQLite lets one"
                                    + " transaction write at a time; end that transaction first");
            writing.commit();
            producer.publishTx(second, MESSAGE);
            second.commit();
        }
        assertThat(stored()).isEqualTo(2);
    }
}
