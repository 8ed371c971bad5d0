package io.nsqite.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.JDBC;

/** The table of transaction states, on real files, with every kind of transaction management. */
class PublishingTests {

    @TempDir
    static Path folder;

    private static final Map<TransactionSetup, ConfigurableApplicationContext> CONTEXTS =
            new EnumMap<>(TransactionSetup.class);

    @AfterAll
    static void close() {
        CONTEXTS.values().forEach(ConfigurableApplicationContext::close);
    }

    @ParameterizedTest
    @EnumSource
    void inATransactionBothCommitWithTheBusinessData(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        fixture.required().executeWithoutResult(status -> {
            fixture.insertBusiness();
            fixture.producer().publishTx("orders", "a");
            fixture.producer().publish("orders", "b");
        });
        assertThat(fixture.business()).isEqualTo(1);
        assertThat(fixture.stored()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @EnumSource
    void inATransactionThatRollsBackNothingIsStored(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        fixture.required().executeWithoutResult(status -> {
            fixture.producer().publishTx("never", "a");
            fixture.producer().publish("never", "b");
            fixture.insertBusiness();
            status.setRollbackOnly();
        });
        assertThat(fixture.business()).isZero();
        assertThat(fixture.stored()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void withoutATransactionPublishTxFailsAndPublishCommits(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        assertRefused(() -> fixture.producer().publishTx("orders", "a"), "there is no transaction on this thread");
        fixture.producer().publish("orders", "b");
        assertThat(fixture.stored()).containsExactly("b");
    }

    @ParameterizedTest
    @EnumSource
    void inAReadOnlyTransactionPublishTxFailsAndPublishCommits(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        TransactionTemplate readOnly = fixture.required();
        readOnly.setReadOnly(true);
        readOnly.executeWithoutResult(status -> {
            assertThat(fixture.business()).isZero();
            assertRefused(() -> fixture.producer().publishTx("orders", "a"), "read-only");
            fixture.producer().publish("orders", "b");
            status.setRollbackOnly();
        });
        assertThat(fixture.stored()).containsExactly("b");
    }

    @ParameterizedTest
    @EnumSource
    void inATransactionOfAnotherDataSourcePublishTxFailsAndPublishCommits(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        TransactionTemplate others = new TransactionTemplate(new DataSourceTransactionManager(
                new SimpleDriverDataSource(new JDBC(), "jdbc:sqlite:" + folder.resolve("other.db"))));
        others.executeWithoutResult(status -> {
            assertRefused(() -> fixture.producer().publishTx("orders", "a"), "another DataSource");
            fixture.producer().publish("orders", "b");
            status.setRollbackOnly();
        });
        assertThat(fixture.stored()).containsExactly("b");
    }

    @ParameterizedTest
    @EnumSource
    void afterTheCommitPublishTxFailsAndPublishCommits(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        fixture.required().executeWithoutResult(status -> {
            fixture.insertBusiness();
            publishAtTheEnd(fixture);
        });
        assertThat(fixture.business()).isEqualTo(1);
        assertThat(fixture.stored()).containsExactly("afterCommit", "afterCompletion");
    }

    @ParameterizedTest
    @EnumSource
    void afterTheCommitOfATransactionThatDidNothingPublishCommitsToo(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        fixture.required().executeWithoutResult(status -> publishAtTheEnd(fixture));
        assertThat(fixture.stored()).containsExactly("afterCommit", "afterCompletion");
    }

    @ParameterizedTest
    @EnumSource
    void whereASuspendedTransactionOfTheThreadIsWritingBothFailAtOnceWithAdvice(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        long start = System.nanoTime();
        fixture.required().executeWithoutResult(outer -> {
            fixture.insertBusiness();
            fixture.propagation(TransactionDefinition.PROPAGATION_NOT_SUPPORTED).executeWithoutResult(status -> {
                assertRefused(() -> fixture.producer().publishTx("orders", "a"), "there is no transaction");
                assertRefused(() -> fixture.producer().publish("orders", "b"), "suspended transaction");
            });
            fixture.propagation(TransactionDefinition.PROPAGATION_REQUIRES_NEW).executeWithoutResult(status -> {
                assertRefused(() -> fixture.producer().publishTx("orders", "c"), "suspended transaction");
                assertRefused(() -> fixture.producer().publish("orders", "d"), "suspended transaction");
                status.setRollbackOnly();
            });
            outer.setRollbackOnly();
        });
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        assertThat(fixture.stored()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionSuspendedBeforeItHasWrittenIsNoObstacle(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        fixture.required().executeWithoutResult(outer -> {
            fixture.propagation(TransactionDefinition.PROPAGATION_REQUIRES_NEW)
                    .executeWithoutResult(status -> fixture.producer().publishTx("orders", "a"));
            fixture.propagation(TransactionDefinition.PROPAGATION_NOT_SUPPORTED)
                    .executeWithoutResult(status -> fixture.producer().publish("orders", "b"));
            outer.setRollbackOnly();
        });
        assertThat(fixture.stored()).containsExactly("a", "b");
    }

    @Test
    void whatIsNoPayloadIsRefused() {
        Producer producer = fixture(TransactionSetup.JDBC_MANAGER).producer();
        assertThatIllegalArgumentException().isThrownBy(() -> producer.publish("orders", null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> producer.publish("orders", NewMessage.to("orders", "a")))
                .withMessageContaining("publish(NewMessage)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> producer.publish("not/valid", "a"))
                .withMessageContaining("not/valid");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> producer.publish("orders", new byte[(1 << 20) + 1]))
                .withMessageContaining("1048577");
        producer.publish("orders", new byte[1 << 20]);
    }

    private static void publishAtTheEnd(Fixture fixture) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                assertRefused(() -> fixture.producer().publishTx("orders", "a"), "has ended");
                fixture.producer().publish("orders", "afterCommit");
            }

            @Override
            public void afterCompletion(int status) {
                assertRefused(() -> fixture.producer().publishTx("orders", "a"), "has ended");
                fixture.producer().publish("orders", "afterCompletion");
            }
        });
    }

    private static void assertRefused(ThrowingCallable publishing, String why) {
        assertThatExceptionOfType(IllegalTransactionStateException.class)
                .isThrownBy(publishing)
                .withMessageContaining(why);
    }

    private static Fixture fixture(TransactionSetup setup) {
        ConfigurableApplicationContext context = CONTEXTS.computeIfAbsent(setup, PublishingTests::start);
        JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
        jdbc.update("DELETE FROM business");
        return new Fixture(context, jdbc.queryForObject("SELECT coalesce(max(id), 0) FROM nsqite_message", Long.class));
    }

    private static ConfigurableApplicationContext start(TransactionSetup setup) {
        ConfigurableApplicationContext context = setup.start(folder);
        context.getBean(JdbcTemplate.class).execute("CREATE TABLE business (name TEXT)");
        return context;
    }

    /** An application, and the last message before the test. */
    private record Fixture(ConfigurableApplicationContext context, long before) {

        Producer producer() {
            return context.getBean(Producer.class);
        }

        TransactionTemplate required() {
            return propagation(TransactionDefinition.PROPAGATION_REQUIRED);
        }

        TransactionTemplate propagation(int propagation) {
            TransactionTemplate template = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
            template.setPropagationBehavior(propagation);
            return template;
        }

        void insertBusiness() {
            jdbc().update("INSERT INTO business (name) VALUES ('a')");
        }

        int business() {
            return jdbc().queryForObject("SELECT count(*) FROM business", Integer.class);
        }

        List<String> stored() {
            return jdbc().queryForList(
                            "SELECT CAST(payload AS TEXT) FROM nsqite_message WHERE id > ? ORDER BY id",
                            String.class,
                            before);
        }

        private JdbcTemplate jdbc() {
            return context.getBean(JdbcTemplate.class);
        }
    }
}
