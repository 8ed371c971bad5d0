package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.sqlite.SqliteDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** SQLite's errors in JDBC code and in calls of the queue, each from its real cause. */
@Timeout(60)
class ExceptionTranslationTests {

    private static final String UNLIMITED = "PRAGMA max_page_count=1073741823";

    @TempDir
    static Path folder;

    private static Path file;
    private static ConfigurableApplicationContext context;
    private static JdbcTemplate template;
    private static JdbcClient client;
    private static TransactionTemplate transaction;

    @BeforeAll
    static void start() {
        file = folder.resolve("app.db");
        context = TestApplication.on("jdbc:sqlite:" + file + "?busy_timeout=100")
                .with(Mail.class)
                .with("spring.datasource.hikari.maximum-pool-size=2")
                .start();
        template = context.getBean(JdbcTemplate.class);
        client = context.getBean(JdbcClient.class);
        transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        template.execute(
                "CREATE TABLE customer (id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, age INTEGER CHECK (age > 0))");
        template.execute("CREATE TABLE purchase (id INTEGER PRIMARY KEY, customer INTEGER REFERENCES customer,"
                + " payer INTEGER REFERENCES customer DEFERRABLE INITIALLY DEFERRED)");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @BeforeEach
    void oneCustomer() {
        template.update("DELETE FROM purchase");
        template.update("DELETE FROM customer");
        template.update("INSERT INTO customer VALUES (1, 'ann@example.com', 30)");
    }

    static Stream<Arguments> violations() {
        return Stream.of(
                arguments("INSERT INTO customer VALUES (2, 'ann@example.com', 30)", DuplicateKeyException.class),
                arguments("INSERT INTO customer VALUES (1, 'bob@example.com', 30)", DuplicateKeyException.class),
                arguments("INSERT INTO customer VALUES (2, NULL, 30)", DataIntegrityViolationException.class),
                arguments("INSERT INTO customer VALUES (2, 'bob', -1)", DataIntegrityViolationException.class),
                arguments("INSERT INTO customer VALUES ('two', 'bob', 1)", DataIntegrityViolationException.class),
                arguments("INSERT INTO purchase VALUES (1, 99, NULL)", DataIntegrityViolationException.class),
                arguments("INSERT INTO purchase VALUES (1, NULL, 99)", DataIntegrityViolationException.class),
                arguments("INSERT INTO nowhere VALUES (1)", BadSqlGrammarException.class),
                arguments("INSERT INTO customer (name) VALUES (1)", BadSqlGrammarException.class),
                arguments("INSRT INTO customer", BadSqlGrammarException.class));
    }

    @ParameterizedTest
    @MethodSource("violations")
    void aStatementThatCantBeIsRefusedAsByAnyOtherDatabase(String sql, Class<?> expected) {
        assertThatThrownBy(() -> template.update(sql)).isExactlyInstanceOf(expected);
        assertThatThrownBy(() -> client.sql(sql).update()).isExactlyInstanceOf(expected);
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> template.update(sql)))
                .isExactlyInstanceOf(expected);
    }

    @Test
    void aRowOfABatchIsRefusedInTheSameWay() {
        List<Object[]> rows = List.of(new Object[] {2, "bob"}, new Object[] {3, "bob"});
        assertThatThrownBy(() -> template.batchUpdate("INSERT INTO customer (id, email) VALUES (?, ?)", rows))
                .isExactlyInstanceOf(DuplicateKeyException.class);
        String sql = "INSERT INTO customer (id, email) VALUES (2, 'bob')";
        assertThatThrownBy(() -> template.batchUpdate(sql, sql)).isExactlyInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void aDeferredForeignKeyIsRefusedAtTheCommit() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    template.update("INSERT INTO customer VALUES (2, 'bob@example.com', 30)");
                    template.update("INSERT INTO purchase VALUES (1, 1, 99)");
                }))
                .isExactlyInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("FOREIGN KEY");
        assertThat(template.queryForObject("SELECT count(*) FROM customer", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void aDatabaseThatIsLockedCanNotBeHad() throws Exception {
        try (Writing other = Writing.to(file)) {
            assertThat(other).isNotNull();
            assertThatThrownBy(() -> template.update("DELETE FROM customer"))
                    .isExactlyInstanceOf(CannotAcquireLockException.class);
            assertThatThrownBy(() -> client.sql("DELETE FROM customer").update())
                    .isExactlyInstanceOf(CannotAcquireLockException.class);
            assertThatThrownBy(
                            () -> transaction.executeWithoutResult(status -> template.update("DELETE FROM customer")))
                    .isExactlyInstanceOf(CannotAcquireLockException.class)
                    .hasMessageContaining("busy_timeout");
        }
    }

    @Test
    void theDriversOwnConnectionsAreUnderstoodToo() throws Exception {
        try (Writing other = Writing.to(file);
                Connection plain = DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=1")) {
            assertThat(other).isNotNull();
            JdbcTemplate theirs = new JdbcTemplate(new SingleConnectionDataSource(plain, true));
            theirs.setExceptionTranslator(context.getBean(SQLExceptionTranslator.class));
            assertThatThrownBy(() -> theirs.update("DELETE FROM customer"))
                    .isExactlyInstanceOf(CannotAcquireLockException.class);
        }
    }

    @Test
    void aReadOnlyTransactionMayNotWrite() {
        DefaultTransactionDefinition readOnly = new DefaultTransactionDefinition();
        readOnly.setReadOnly(true);
        TransactionTemplate reading =
                new TransactionTemplate(context.getBean(PlatformTransactionManager.class), readOnly);
        assertThatThrownBy(() -> reading.executeWithoutResult(status -> template.update("DELETE FROM customer")))
                .isExactlyInstanceOf(PermissionDeniedDataAccessException.class);
    }

    @Test
    void aReadOnlyConnectionMayNotWrite() throws Exception {
        try (Connection connection =
                SqliteDataSource.forUrl("jdbc:sqlite:" + file).getConnection()) {
            connection.setReadOnly(true);
            JdbcTemplate reading = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            reading.setExceptionTranslator(context.getBean(SQLExceptionTranslator.class));
            assertThatThrownBy(() -> reading.update("DELETE FROM customer"))
                    .isExactlyInstanceOf(PermissionDeniedDataAccessException.class);
        }
    }

    @Test
    void aFullDatabaseIsAResourceThatFailed() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status ->
                        whileFull(() -> template.update("INSERT INTO customer VALUES (2, hex(zeroblob(500000)), 30)"))))
                .isExactlyInstanceOf(DataAccessResourceFailureException.class);
        assertThatThrownBy(() -> transaction.executeWithoutResult(
                        status -> whileFull(() -> producer().publishTx("orders", new byte[500_000]))))
                .isExactlyInstanceOf(DataAccessResourceFailureException.class)
                .hasMessageContaining("Publishing 1 message(s) to topic 'orders' failed, roll the transaction back");
    }

    /** The limit is the connection's. */
    private static void whileFull(Runnable writing) {
        template.queryForObject("PRAGMA max_page_count=1", Integer.class);
        try {
            writing.run();
        } finally {
            template.execute((Connection connection) -> {
                connection.rollback();
                return null;
            });
            template.queryForObject(UNLIMITED, Integer.class);
        }
    }

    @Test
    void aSecondTransactionThatWritesOnTheSameThreadIsAMistakeOfTheProgram() {
        TransactionTemplate second = new TransactionTemplate(
                context.getBean(PlatformTransactionManager.class),
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));
        assertThatThrownBy(() -> transaction.executeWithoutResult(first -> {
                    template.update("DELETE FROM purchase");
                    second.executeWithoutResult(status -> template.update("DELETE FROM customer"));
                }))
                .isExactlyInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("no REQUIRES_NEW");
    }

    @Test
    void aThreadThatIsInterruptedWhileItWaitsEndsWithAQueryTimeout() throws Exception {
        try (Writing other = Writing.to(file)) {
            assertThat(other).isNotNull();
            assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                        Thread.currentThread().interrupt();
                        template.update("DELETE FROM customer");
                    }))
                    .isExactlyInstanceOf(QueryTimeoutException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void theQueueSpeaksInTheSameWay() throws Exception {
        try (Writing other = Writing.to(file)) {
            assertThat(other).isNotNull();
            assertThatThrownBy(() -> producer().publish("orders", "x"))
                    .isExactlyInstanceOf(CannotAcquireLockException.class)
                    .hasMessageContaining("Publishing 1 message(s) to topic 'orders' failed, nothing is stored");
            assertThatThrownBy(() -> transaction.executeWithoutResult(
                            status -> producer().publishTx("orders", "x")))
                    .isExactlyInstanceOf(CannotAcquireLockException.class);
            assertThatThrownBy(() -> producer().cancel(1)).isExactlyInstanceOf(CannotAcquireLockException.class);
            assertThatThrownBy(() -> context.getBean(QueueAdmin.class).pause(new ChannelName("orders", "mail")))
                    .isExactlyInstanceOf(CannotAcquireLockException.class);
        }
    }

    private static Producer producer() {
        return context.getBean(Producer.class);
    }

    static class Mail {

        @NsqiteListener(topic = "orders", channel = "mail", autoStartup = "false")
        void on(byte[] payload) {}
    }
}
