package io.nsqite.producer;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.nsqite.Nsqite;
import io.nsqite.QueueFile;
import io.nsqite.database.QueueDatabase;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.message.NewMessage;
import io.nsqite.schema.Schema;
import io.nsqite.schema.SchemaMode;
import io.nsqite.sqlite.SqliteConnection;
import io.nsqite.store.QueueStore;
import io.nsqite.wakeup.TopicReader;
import io.nsqite.wakeup.TopicSignals;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Savepoint;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deduplication key is kept once, however often and by whomever it is published. */
@Timeout(30)
class DeduplicationTests {

    private static final int THREADS = 8;
    private static final int KEYS = 30;

    @TempDir
    Path folder;

    private static NewMessage once(String key) {
        return NewMessage.to("orders", "x").withDeduplicationKey(key);
    }

    @Test
    void aBatchMayNameAKeyTwiceAndOtherTopicsHaveTheirOwn() throws Exception {
        QueueFile file = new QueueFile(folder);
        try (Nsqite nsqite = Nsqite.builder(file.dataSource()).build()) {
            NewMessage other = NewMessage.to("other", "x").withDeduplicationKey("a");
            NewMessage plain = NewMessage.to("orders", "x");
            assertThat(nsqite.producer().publish(List.of(once("a"), plain, once("a"), other, once("b"), other)))
                    .containsExactly(1L, 2L, 1L, 3L, 4L, 3L);
            assertThat(nsqite.producer().publish(once("b"))).isEqualTo(4);
            assertThat(file.rows("SELECT count(*) FROM nsqite_message")).containsExactly("4");
        }
    }

    @Test
    void aRolledBackMessageIsNoDuplicate() throws Exception {
        QueueFile file = new QueueFile(folder);
        try (Nsqite nsqite = Nsqite.builder(file.dataSource()).build();
                SqliteConnection transaction = file.transaction()) {
            Producer producer = nsqite.producer();
            producer.publishTx(transaction, once("a"));
            transaction.rollback();
            Savepoint savepoint = transaction.setSavepoint();
            producer.publishTx(transaction, once("b"));
            transaction.rollback(savepoint);
            producer.publishTx(transaction, NewMessage.to("orders", "first"));
            long second = producer.publishTx(transaction, once("a"));
            assertThat(producer.publishTx(transaction, once("a"))).isEqualTo(second);
            transaction.commit();
            assertThat(producer.publish(once("a"))).isEqualTo(second).isEqualTo(2);
            assertThat(producer.publish(once("b"))).isEqualTo(3);
        }
    }

    @Test
    void aDuplicateIsDeliveredOnce() throws Exception {
        QueueFile file = new QueueFile(folder);
        List<String> handled = new CopyOnWriteArrayList<>();
        try (Nsqite nsqite = Nsqite.builder(file.dataSource()).build()) {
            nsqite.consume(
                    "orders",
                    "mail",
                    delivery -> handled.add(new String(delivery.message().payload(), StandardCharsets.UTF_8)));
            nsqite.producer().publish(once("a"));
            nsqite.admin().awaitDrained(QueueFile.CHANNEL, QueueFile.LIMIT);
            nsqite.producer().publish(NewMessage.to("orders", "other payload").withDeduplicationKey("a"));
            nsqite.producer().publish("orders", "end");
            nsqite.admin().awaitDrained(QueueFile.CHANNEL, QueueFile.LIMIT);
        }
        assertThat(handled).containsExactly("x", "end");
    }

    @Test
    void onlyANewMessageSignalsItsTopic() throws Exception {
        QueueFile file = new QueueFile(folder);
        AtomicInteger signalled = new AtomicInteger();
        try (QueueDatabase database = QueueDatabase.open(
                        file.dataSource(), Schema.ofLibrary(TablePrefix.DEFAULT, SchemaMode.ALWAYS));
                SqliteConnection transaction = file.transaction()) {
            TopicSignals signals = new TopicSignals();
            signals.subscribe(1, new TopicReader() {
                @Override
                public void committed() {
                    signalled.incrementAndGet();
                }

                @Override
                public void committedWithPriority() {
                    signalled.incrementAndGet();
                }
            });
            Producer producer = new DefaultProducer(
                    database,
                    QueueStore.sqlite(TablePrefix.DEFAULT),
                    Announcements.of(signals),
                    new DefaultProducer.Encoding(PayloadEncoder.plain(), 100),
                    CallerTransaction.none(),
                    InstantSource.system(),
                    (holder, id) -> Optional.empty());
            producer.publish(once("a"));
            assertThat(signalled).hasValue(1);
            producer.publish(once("a"));
            producer.publishTx(transaction, once("a"));
            transaction.commit();
            assertThat(signalled).as("a duplicate is no news").hasValue(1);
            producer.publishTx(transaction, once("b"));
            producer.publishTx(transaction, once("b"));
            transaction.commit();
            assertThat(signalled).hasValue(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void manyThreadsPublishTheSameKeysAndEachIsStoredOnce(int poolSize) throws Exception {
        QueueFile file = new QueueFile(folder);
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setDataSource(file.dataSource());
            pool.setMaximumPoolSize(poolSize);
            try (Nsqite nsqite = Nsqite.builder(pool).build()) {
                Map<String, Set<Long>> ids = publishByManyThreads(nsqite.producer(), pool);

                assertThat(ids).hasSize(KEYS);
                assertThat(ids.values()).allSatisfy(same -> assertThat(same).hasSize(1));
                List<String> stored = file.rows("SELECT id FROM nsqite_message ORDER BY id");
                assertThat(ids.values().stream().flatMap(Set::stream).sorted().map(String::valueOf))
                        .containsExactlyElementsOf(stored);
            }
        }
    }

    private static Map<String, Set<Long>> publishByManyThreads(Producer producer, HikariDataSource pool)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Callable<Map<String, Long>>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                boolean joining = thread % 2 == 0;
                work.add(() -> {
                    start.await();
                    return joining ? publishInTransactions(producer, pool) : publishOutside(producer);
                });
            }
            Map<String, Set<Long>> all = new HashMap<>();
            for (Future<Map<String, Long>> done : threads.invokeAll(work)) {
                done.get()
                        .forEach((key, id) -> all.computeIfAbsent(key, none -> new HashSet<>())
                                .add(id));
            }
            return all;
        } finally {
            threads.shutdown();
        }
    }

    private static Map<String, Long> publishOutside(Producer producer) {
        Map<String, Long> ids = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            ids.put("key " + i, producer.publish(once("key " + i)));
        }
        return ids;
    }

    /** Every transaction is rolled back once before it commits. */
    private static Map<String, Long> publishInTransactions(Producer producer, HikariDataSource pool) throws Exception {
        Map<String, Long> ids = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                producer.publishTx(connection, once("key " + i));
                connection.rollback();
                ids.put("key " + i, producer.publishTx(connection, once("key " + i)));
                connection.commit();
            }
        }
        return ids;
    }
}
