package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListener;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;

/** JPA, JDBC and the queue in the transactions of many threads: the case that SQLite is feared for. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class ManyThreadsTests {

    private static final int THREADS = 8;
    private static final int TRANSACTIONS = 500;
    private static final int ALL = THREADS * TRANSACTIONS;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void noTransactionFailsAndRowsMessagesAndDeliveriesAreAsMany(int poolSize, CapturedOutput output) throws Exception {
        try (var context = start(poolSize)) {
            assertThat(context.getBean(PlatformTransactionManager.class)).isInstanceOf(JpaTransactionManager.class);
            onManyThreads(context.getBean(Orders.class));
            context.getBean(QueueAdmin.class).awaitDrained(new ChannelName("orders", "mail"), Duration.ofSeconds(20));
            assertThat(rows(context, "placed_order")).isEqualTo(ALL);
            assertThat(rows(context, "order_log")).isEqualTo(ALL);
            assertThat(rows(context, "nsqite_message")).isEqualTo(ALL);
            Queue<String> delivered = context.getBean(Mail.class).delivered;
            assertThat(new HashSet<>(delivered)).hasSize(ALL);
            assertThat(delivered).hasSize(ALL);
        }
        assertThat(output).doesNotContain("SQLITE_BUSY").doesNotContain("database is locked");
    }

    private ConfigurableApplicationContext start(int poolSize) {
        ConfigurableApplicationContext context = TestApplication.on(
                        "jdbc:sqlite:" + folder.resolve("app.db") + "?synchronous=NORMAL")
                .withJpa()
                .with(Repositories.class)
                .with(Orders.class)
                .with(Mail.class)
                .with("spring.jpa.hibernate.ddl-auto=create")
                .with("spring.datasource.hikari.maximum-pool-size=" + poolSize)
                .start();
        context.getBean(JdbcTemplate.class).execute("CREATE TABLE order_log (name TEXT)");
        return context;
    }

    private static void onManyThreads(Orders orders) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<?> placing : executor.invokeAll(tasks(orders))) {
                placing.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static List<Callable<Object>> tasks(Orders orders) {
        return IntStream.range(0, THREADS)
                .mapToObj(thread -> Executors.callable(() -> IntStream.range(0, TRANSACTIONS)
                        .forEach(number -> orders.place("order %d of thread %d".formatted(number, thread)))))
                .toList();
    }

    private static int rows(ConfigurableApplicationContext context, String table) {
        return context.getBean(JdbcTemplate.class).queryForObject("SELECT count(*) FROM " + table, Integer.class);
    }

    /** The business: it reads first, as most transactions do, and then writes in every way there is. */
    static class Orders {

        private final OrderRepository repository;
        private final JdbcTemplate jdbc;
        private final Producer producer;

        Orders(OrderRepository repository, JdbcTemplate jdbc, Producer producer) {
            this.repository = repository;
            this.jdbc = jdbc;
            this.producer = producer;
        }

        @Transactional
        public void place(String name) {
            jdbc.queryForObject("SELECT coalesce(max(rowid), 0) FROM order_log", Long.class);
            repository.save(new PlacedOrder(name));
            jdbc.update("INSERT INTO order_log (name) VALUES (?)", name);
            producer.publishTx("orders", name);
        }
    }

    static class Mail {

        final Queue<String> delivered = new ConcurrentLinkedQueue<>();

        @NsqiteListener(topic = "orders", channel = "mail", concurrency = 3)
        void on(String payload) {
            delivered.add(payload);
        }
    }

    interface OrderRepository extends JpaRepository<PlacedOrder, Long> {}

    @Entity(name = "placed_order")
    static class PlacedOrder {

        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;

        String name;

        protected PlacedOrder() {}

        PlacedOrder(String name) {
            this.name = name;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EntityScan
    @EnableJpaRepositories(considerNestedRepositories = true)
    static class Repositories {}
}
