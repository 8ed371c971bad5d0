package io.nsqite.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.spring.doubles.QueueDoubleConfiguration;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.JDBC;

class SpringTransactionTests {

    @TempDir
    static Path folder;

    private static final Map<TransactionSetup, Fixture> FIXTURES = new EnumMap<>(TransactionSetup.class);

    @AfterAll
    static void close() {
        FIXTURES.values().forEach(fixture -> fixture.context().close());
    }

    @ParameterizedTest
    @EnumSource
    void aReadWriteTransactionIsJoinedOnItsOwnConnection(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        fixture.required().executeWithoutResult(status -> {
            insertThroughCallersConnection(fixture);
            assertThat(fixture.rows()).isEqualTo(1);
            status.setRollbackOnly();
        });
        assertThat(fixture.rows()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void withoutATransactionThereIsNoneToJoin(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        assertNothingToJoin(fixture, "there is no transaction on this thread");
    }

    @ParameterizedTest
    @EnumSource
    void aScopeWithoutAnActualTransactionIsNoTransaction(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        fixture.propagation(TransactionDefinition.PROPAGATION_SUPPORTS)
                .executeWithoutResult(status -> assertNothingToJoin(fixture, "there is no transaction"));
        fixture.required()
                .executeWithoutResult(outer -> fixture.propagation(TransactionDefinition.PROPAGATION_NOT_SUPPORTED)
                        .executeWithoutResult(status -> assertNothingToJoin(fixture, "there is no transaction")));
    }

    @ParameterizedTest
    @EnumSource
    void aReadOnlyTransactionIsNotJoined(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        TransactionTemplate readOnly = fixture.required();
        readOnly.setReadOnly(true);
        readOnly.executeWithoutResult(status -> assertNothingToJoin(fixture, "'business' is read-only"));
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionOfAnotherDataSourceIsNotJoined(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        DataSourceTransactionManager others = new DataSourceTransactionManager(
                new SimpleDriverDataSource(new JDBC(), "jdbc:sqlite:" + folder.resolve("other.db")));
        TransactionTemplate template = new TransactionTemplate(others);
        template.setName("business");
        template.executeWithoutResult(status -> {
            assertNothingToJoin(fixture, "'business' is one of another DataSource");
            // binds a connection of ours that commits each statement by itself
            fixture.jdbc().queryForList("SELECT 1");
            assertNothingToJoin(fixture, "another DataSource");
        });
    }

    @ParameterizedTest
    @EnumSource
    void afterTheCommitThereIsNothingToJoinEvenIfTheTransactionDidNothing(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        List<String> phases = new ArrayList<>();
        fixture.required().executeWithoutResult(status -> onEnd(fixture, phases));
        assertThat(phases).containsExactly("afterCommit", "afterCompletion");
    }

    @ParameterizedTest
    @EnumSource
    void afterTheCommitThereIsNothingToJoinIfTheTransactionWrote(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        List<String> phases = new ArrayList<>();
        fixture.required().executeWithoutResult(status -> {
            insertThroughCallersConnection(fixture);
            onEnd(fixture, phases);
        });
        assertThat(phases).containsExactly("afterCommit", "afterCompletion");
        assertThat(fixture.rows()).isEqualTo(1);
        fixture.jdbc().update("DELETE FROM business");
    }

    @ParameterizedTest
    @EnumSource
    void afterARollbackThereIsNothingToJoin(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        List<String> phases = new ArrayList<>();
        fixture.required().executeWithoutResult(status -> {
            onEnd(fixture, phases);
            status.setRollbackOnly();
        });
        assertThat(phases).containsExactly("afterCompletion");
    }

    @ParameterizedTest
    @EnumSource
    void aNewTransactionBegunAfterTheCommitIsJoined(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        fixture.required()
                .executeWithoutResult(status ->
                        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                            @Override
                            public void afterCommit() {
                                fixture.propagation(TransactionDefinition.PROPAGATION_REQUIRES_NEW)
                                        .executeWithoutResult(inner -> insertThroughCallersConnection(fixture));
                                assertNothingToJoin(fixture, "");
                            }
                        }));
        assertThat(fixture.rows()).isEqualTo(1);
        fixture.jdbc().update("DELETE FROM business");
    }

    @ParameterizedTest
    @EnumSource
    void beforeTheCommitItCanStillBeJoined(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        fixture.required()
                .executeWithoutResult(status ->
                        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                            @Override
                            public void beforeCommit(boolean readOnly) {
                                insertThroughCallersConnection(fixture);
                            }
                        }));
        assertThat(fixture.rows()).isEqualTo(1);
        fixture.jdbc().update("DELETE FROM business");
    }

    @Test
    void afterTheCommitOfAManagerThatBootDoesNotKnowThereIsNothingToJoin() {
        Fixture fixture = fixture(TransactionSetup.JDBC_MANAGER);
        TransactionTemplate own = new TransactionTemplate(
                new DataSourceTransactionManager(fixture.context().getBean(DataSource.class)));
        List<String> phases = new ArrayList<>();
        own.executeWithoutResult(status -> onEnd(fixture, phases));
        own.executeWithoutResult(status -> {
            insertThroughCallersConnection(fixture);
            onEnd(fixture, phases);
        });
        assertThat(phases).containsExactly("afterCommit", "afterCompletion", "afterCommit", "afterCompletion");
        fixture.jdbc().update("DELETE FROM business");
    }

    @ParameterizedTest
    @EnumSource(names = {"DATA_SOURCE_MANAGER", "JDBC_MANAGER"})
    void managersOnProxiesOfTheDataSourceAreRecognised(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        DataSource pool = fixture.context().getBean(DataSource.class);
        for (DataSource proxy :
                List.of(new LazyConnectionDataSourceProxy(pool), new TransactionAwareDataSourceProxy(pool))) {
            joins(new DataSourceTransactionManager(proxy), new SpringTransaction(pool));
            joins(new DataSourceTransactionManager(pool), new SpringTransaction(proxy));
            joins(new DataSourceTransactionManager(proxy), new SpringTransaction(proxy));
        }
    }

    private static void joins(DataSourceTransactionManager manager, SpringTransaction transaction) {
        new TransactionTemplate(manager)
                .executeWithoutResult(
                        status -> assertThat(transaction.current()).isNotNull());
    }

    private static void onEnd(Fixture fixture, List<String> phases) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                assertNothingToJoin(fixture, "has ended");
                phases.add("afterCommit");
            }

            @Override
            public void afterCompletion(int status) {
                assertNothingToJoin(fixture, "has ended");
                phases.add("afterCompletion");
            }
        });
    }

    private static void assertNothingToJoin(Fixture fixture, String found) {
        assertThat(fixture.transaction().current()).isNull();
        assertThat(fixture.transaction().illegalState("Do this"))
                .isInstanceOf(IllegalTransactionStateException.class)
                .hasMessageContaining("Do this")
                .hasMessageContaining(found);
    }

    private static void insertThroughCallersConnection(Fixture fixture) {
        Connection connection = fixture.transaction().current();
        assertThat(connection).isNotNull();
        new JdbcTemplate(new SingleConnectionDataSource(connection, true))
                .update("INSERT INTO business (name) VALUES ('a')");
    }

    private static Fixture fixture(TransactionSetup setup) {
        return FIXTURES.computeIfAbsent(setup, key -> {
            ConfigurableApplicationContext context = key.start(folder, QueueDoubleConfiguration.class);
            context.getBean(JdbcTemplate.class).execute("CREATE TABLE business (name TEXT)");
            return new Fixture(context, new SpringTransaction(context.getBean(DataSource.class)));
        });
    }

    private record Fixture(ConfigurableApplicationContext context, SpringTransaction transaction) {

        TransactionTemplate required() {
            return propagation(TransactionDefinition.PROPAGATION_REQUIRED);
        }

        TransactionTemplate propagation(int propagation) {
            DefaultTransactionDefinition definition = new DefaultTransactionDefinition(propagation);
            definition.setName("business");
            return new TransactionTemplate(context.getBean(PlatformTransactionManager.class), definition);
        }

        JdbcTemplate jdbc() {
            return context.getBean(JdbcTemplate.class);
        }

        int rows() {
            return jdbc().queryForObject("SELECT count(*) FROM business", Integer.class);
        }
    }
}
