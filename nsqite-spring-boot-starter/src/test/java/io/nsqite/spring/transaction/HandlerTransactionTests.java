package io.nsqite.spring.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.nsqite.consumer.HandlerTransaction;
import io.nsqite.consumer.HandlerTransaction.Body;
import io.nsqite.message.DeliveryLostException;
import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.TransactionSetup;
import io.nsqite.sqlite.SqliteDataSource;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@Timeout(60)
class HandlerTransactionTests {

    @TempDir
    static Path folder;

    private static final Map<TransactionSetup, Fixture> FIXTURES = new EnumMap<>(TransactionSetup.class);

    @AfterAll
    static void close() {
        FIXTURES.values().forEach(fixture -> fixture.context.close());
    }

    @BeforeEach
    void empty() {
        FIXTURES.values().forEach(fixture -> fixture.jdbc.update("DELETE FROM written"));
    }

    @ParameterizedTest
    @EnumSource
    void whatTheHandlerWritesAndTheAcknowledgementCommitTogether(TransactionSetup setup) throws Exception {
        Fixture fixture = fixture(setup);
        fixture.transaction.run(fixture.body(() -> fixture.write("handler")));
        assertThat(fixture.written()).containsExactly("handler", "acknowledged");
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerThatWritesNothingIsAcknowledgedAsWell(TransactionSetup setup) throws Exception {
        Fixture fixture = fixture(setup);
        fixture.transaction.run(fixture.body(() -> {}));
        assertThat(fixture.written()).containsExactly("acknowledged");
    }

    @ParameterizedTest
    @EnumSource
    void anythingThatIsThrownRollsBackAndIsThrownOn(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        Stream.of(new IllegalStateException(), new IOException(), new AssertionError())
                .forEach(failure -> assertThat(catchThrowable(() -> fixture.transaction.run(fixture.body(() -> {
                            fixture.write("handler");
                            throw failure;
                        }))))
                        .isSameAs(failure));
        assertThat(fixture.written()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionMarkedRollbackOnlyInsideIsAFailureThatSaysSo(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        assertThatThrownBy(() -> fixture.transaction.run(fixture.body(() -> {
                    fixture.write("handler");
                    fixture.template.executeWithoutResult(inner -> inner.setRollbackOnly());
                })))
                .isInstanceOf(UnexpectedRollbackException.class)
                .hasMessageContaining("handler of orders.mail returned")
                .hasMessageContaining("marked rollback-only");
        assertThat(fixture.written()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aFailureOfATransactionalMethodInsideThatIsSwallowedIsAFailureAsWell(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        assertThatThrownBy(() -> fixture.transaction.run(fixture.body(() -> {
                    fixture.write("handler");
                    catchThrowable(() -> fixture.template.executeWithoutResult(inner -> {
                        throw new IllegalStateException();
                    }));
                })))
                .isInstanceOf(UnexpectedRollbackException.class);
        assertThat(fixture.written()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theAcknowledgementComesAfterWhatIsWrittenJustBeforeTheCommit(TransactionSetup setup) throws Exception {
        Fixture fixture = fixture(setup);
        fixture.transaction.run(fixture.body(() -> {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    fixture.write("before commit");
                }
            });
            fixture.write("handler");
        }));
        assertThat(fixture.written()).containsExactly("handler", "before commit", "acknowledged");
    }

    @ParameterizedTest
    @EnumSource
    void aFailureJustBeforeTheCommitRollsBackWhateverItIs(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        Stream.of(new IllegalStateException("on purpose"), new IllegalTransactionStateException("on purpose"))
                .forEach(failure -> assertThat(catchThrowable(() -> fixture.transaction.run(fixture.body(() -> {
                            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                                @Override
                                public void beforeCommit(boolean readOnly) {
                                    throw failure;
                                }
                            });
                            fixture.write("handler");
                        }))))
                        .isSameAs(failure));
        assertThat(fixture.written()).isEmpty();
        fixture.write("afterwards");
        assertThat(fixture.written()).containsExactly("afterwards");
    }

    @ParameterizedTest
    @EnumSource(names = {"JPA_MANAGER", "LAZY_JPA"})
    void theAcknowledgementComesAfterWhatAnEntityManagerHasKeptBack(TransactionSetup setup) throws Exception {
        Fixture fixture = fixture(setup);
        List<Integer> seen = new ArrayList<>();
        fixture.transaction.run(new Body() {
            @Override
            public void handle() {
                fixture.context.getBean(EntityManager.class).persist(new Note("kept back"));
            }

            @Override
            public void acknowledge(Connection transaction) throws SQLException {
                try (Statement statement = transaction.createStatement();
                        var rows = statement.executeQuery("SELECT count(*) FROM note")) {
                    seen.add(rows.getInt(1));
                }
            }
        });
        assertThat(seen).containsExactly(1);
        assertThat(fixture.jdbc.queryForObject("SELECT count(*) FROM note", Integer.class))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void anAcknowledgementThatFailsRollsBack(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        DeliveryLostException lost = new DeliveryLostException("taken by another");
        assertThatThrownBy(() -> fixture.transaction.run(acknowledging(fixture, transaction -> {
                    throw lost;
                })))
                .isSameAs(lost);
        assertThatThrownBy(() -> fixture.transaction.run(acknowledging(fixture, transaction -> {
                    throw new SQLException("disk full");
                })))
                .isInstanceOf(UncategorizedSQLException.class)
                .hasMessageContaining("Acknowledging")
                .hasMessageContaining("disk full");
        assertThat(fixture.written()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void nobodyWaitsForAHandlerThatHasNotTouchedTheDatabaseYet(TransactionSetup setup) throws Exception {
        Fixture fixture = fixture(setup);
        fixture.transaction.run(fixture.body(() -> {
            fixture.writeBeside("another");
            fixture.write("handler");
        }));
        assertThat(fixture.written()).containsExactly("another", "handler", "acknowledged");
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionThatRunsOnTheThreadAlreadyIsNotTheHandlers(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        fixture.template.executeWithoutResult(outer -> {
            assertThat(catchThrowable(() -> fixture.transaction.run(fixture.body(() -> fixture.write("handler")))))
                    .isNull();
            outer.setRollbackOnly();
        });
        assertThat(fixture.written()).containsExactly("handler", "acknowledged");
    }

    @ParameterizedTest
    @EnumSource
    void aManagerOfAnotherDataSourceIsRefusedWithWhatThereIs(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("ours", fixture.context.getBean(PlatformTransactionManager.class));
        beans.registerSingleton(
                "theirs",
                new DataSourceTransactionManager(SqliteDataSource.forUrl("jdbc:sqlite:" + folder.resolve("other.db"))));
        ListenerTransactions transactions = new ListenerTransactions(beans, fixture::dataSource);
        assertThat(transactions.of("listener", "ours")).isNotNull();
        assertThatThrownBy(() -> transactions.of("listener", "theirs"))
                .isInstanceOf(InvalidListenerException.class)
                .hasMessageContaining("'theirs'")
                .hasMessageContaining(DataSourceTransactionManager.class.getName())
                .hasMessageContaining("is one of another DataSource")
                .hasMessageContaining("[ours, theirs]");
        assertThatThrownBy(() -> transactions.of("listener", ""))
                .isInstanceOf(InvalidListenerException.class)
                .hasMessageContaining("several transaction managers")
                .hasMessageContaining("theirs");
        assertThatThrownBy(() -> transactions.of("listener", "nobodys"))
                .isInstanceOf(InvalidListenerException.class)
                .hasMessageContaining("\"nobodys\", but there is no such bean; there are [ours, theirs]");
    }

    private static Body acknowledging(Fixture fixture, Acknowledgement acknowledgement) {
        return new Body() {
            @Override
            public void handle() {
                fixture.write("handler");
            }

            @Override
            public void acknowledge(Connection transaction) throws SQLException {
                acknowledgement.run(transaction);
            }
        };
    }

    private interface Acknowledgement {
        void run(Connection transaction) throws SQLException;
    }

    private interface Handler {
        void handle() throws Throwable;
    }

    private static Fixture fixture(TransactionSetup setup) {
        return FIXTURES.computeIfAbsent(setup, key -> new Fixture(key.start(folder, Entities.class)));
    }

    private static final class Fixture {

        private final ConfigurableApplicationContext context;
        private final JdbcTemplate jdbc;
        private final TransactionTemplate template;
        private final HandlerTransaction transaction;

        Fixture(ConfigurableApplicationContext context) {
            this.context = context;
            this.jdbc = context.getBean(JdbcTemplate.class);
            this.template = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
            this.transaction =
                    new ListenerTransactions(context.getBeanFactory(), this::dataSource).of("orders.mail", "");
            jdbc.execute("CREATE TABLE written (what TEXT)");
            jdbc.execute("CREATE TABLE note (text TEXT PRIMARY KEY)");
        }

        DataSource dataSource() {
            return context.getBean(DataSource.class);
        }

        void write(String what) {
            jdbc.update("INSERT INTO written VALUES (?)", what);
        }

        void writeBeside(String what) throws SQLException {
            try (Connection connection = dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO written VALUES ('" + what + "')");
            }
        }

        List<String> written() {
            return jdbc.queryForList("SELECT what FROM written ORDER BY rowid", String.class);
        }

        Body body(Handler handler) {
            return new Body() {
                @Override
                public void handle() throws Exception {
                    try {
                        handler.handle();
                    } catch (Exception | Error e) {
                        throw e;
                    } catch (Throwable e) {
                        throw new AssertionError(e);
                    }
                }

                @Override
                public void acknowledge(Connection transaction) throws SQLException {
                    try (Statement statement = transaction.createStatement()) {
                        statement.execute("INSERT INTO written VALUES ('acknowledged')");
                    }
                }
            };
        }
    }

    @EntityScan
    static class Entities {}

    @Entity(name = "note")
    static class Note {

        @Id
        String text = "";

        protected Note() {}

        Note(String text) {
            this.text = text;
        }
    }
}
