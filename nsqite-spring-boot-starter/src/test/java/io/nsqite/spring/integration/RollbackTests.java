package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.TransactionSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What a transaction took back never reaches a listener, however the transaction came to its end. */
@Timeout(60)
class RollbackTests {

    private static final Map<TransactionSetup, ConfigurableApplicationContext> CONTEXTS =
            new EnumMap<>(TransactionSetup.class);

    @TempDir
    static Path folder;

    @AfterAll
    static void close() {
        CONTEXTS.values().forEach(ConfigurableApplicationContext::close);
    }

    @ParameterizedTest
    @EnumSource(names = {"JDBC_MANAGER", "JPA_MANAGER"})
    void afterAnExceptionNothingIsDelivered(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> fixture.required().executeWithoutResult(status -> {
                    fixture.insertParentAndPublish(1);
                    throw new UnsupportedOperationException("out of stock");
                }));
        assertThat(fixture.deliveredUpToAMarker()).containsExactly("marker");
        assertThat(fixture.parents()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"JDBC_MANAGER", "JPA_MANAGER"})
    void afterSetRollbackOnlyNothingIsDelivered(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        fixture.required().executeWithoutResult(status -> {
            fixture.insertParentAndPublish(2);
            status.setRollbackOnly();
        });
        assertThat(fixture.deliveredUpToAMarker()).containsExactly("marker");
        assertThat(fixture.parents()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"JDBC_MANAGER", "JPA_MANAGER"})
    void afterAConstraintThatFailsAtTheCommitNothingIsDelivered(TransactionSetup setup) {
        Fixture fixture = fixture(setup);
        CopyOnWriteArrayList<String> steps = new CopyOnWriteArrayList<>();
        assertThatThrownBy(() -> fixture.required().executeWithoutResult(status -> {
                    fixture.insertParentAndPublish(3);
                    fixture.jdbc().update("INSERT INTO child (parent) VALUES (4711)");
                    steps.add("done, but for the commit");
                }))
                .hasStackTraceContaining("FOREIGN KEY constraint failed");
        assertThat(steps).hasSize(1);
        assertThat(fixture.deliveredUpToAMarker()).containsExactly("marker");
        assertThat(fixture.parents()).isZero();
    }

    @Test
    void aSavepointTakesBackItsMessagesWhileThoseAroundItAreDelivered() {
        Fixture fixture = fixture(TransactionSetup.JDBC_MANAGER);
        fixture.required().executeWithoutResult(outer -> {
            fixture.producer().publishTx("orders", "before");
            fixture.nested().executeWithoutResult(inner -> {
                fixture.insertParentAndPublish(4);
                inner.setRollbackOnly();
            });
            fixture.producer().publishTx("orders", "after");
        });
        assertThat(fixture.deliveredUpToAMarker()).containsExactly("before", "after", "marker");
        assertThat(fixture.parents()).isZero();
    }

    @Test
    void aSavepointThatIsTheFirstThingInItsTransactionTakesBackItsMessagesToo() {
        Fixture fixture = fixture(TransactionSetup.JDBC_MANAGER);
        fixture.required().executeWithoutResult(outer -> {
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> fixture.nested().executeWithoutResult(inner -> {
                        fixture.insertParentAndPublish(5);
                        throw new UnsupportedOperationException("out of stock");
                    }));
            fixture.producer().publishTx("orders", "after");
        });
        assertThat(fixture.deliveredUpToAMarker()).containsExactly("after", "marker");
        assertThat(fixture.parents()).isZero();
    }

    private static Fixture fixture(TransactionSetup setup) {
        Fixture fixture = new Fixture(CONTEXTS.computeIfAbsent(setup, RollbackTests::start));
        fixture.jdbc().update("DELETE FROM parent");
        fixture.delivered().clear();
        return fixture;
    }

    private static ConfigurableApplicationContext start(TransactionSetup setup) {
        ConfigurableApplicationContext context = setup.start(folder, Mail.class);
        JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
        jdbc.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)");
        jdbc.execute("CREATE TABLE child (parent INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)");
        return context;
    }

    static class Mail {

        final List<String> delivered = new CopyOnWriteArrayList<>();

        @NsqiteListener(topic = "orders", channel = "mail")
        void on(String payload) {
            delivered.add(payload);
        }
    }

    /** An application with a running listener. */
    private record Fixture(ConfigurableApplicationContext context) {

        void insertParentAndPublish(int id) {
            jdbc().update("INSERT INTO parent (id) VALUES (?)", id);
            producer().publishTx("orders", "never " + id);
            producer().publish("orders", "never at all " + id);
        }

        /** What comes to be delivered late would be found by a later test too, as all share a listener. */
        List<String> deliveredUpToAMarker() {
            required().executeWithoutResult(status -> producer().publishTx("orders", "marker"));
            context.getBean(QueueAdmin.class).awaitDrained(new ChannelName("orders", "mail"), Duration.ofSeconds(20));
            return delivered();
        }

        List<String> delivered() {
            return context.getBean(Mail.class).delivered;
        }

        TransactionTemplate required() {
            return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        }

        TransactionTemplate nested() {
            TransactionTemplate template = required();
            template.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
            return template;
        }

        Producer producer() {
            return context.getBean(Producer.class);
        }

        JdbcTemplate jdbc() {
            return context.getBean(JdbcTemplate.class);
        }

        int parents() {
            return jdbc().queryForObject("SELECT count(*) FROM parent", Integer.class);
        }
    }
}
