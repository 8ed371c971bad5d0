package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.message.Delivery;
import io.nsqite.producer.Producer;
import io.nsqite.spring.Backoff;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.datasource.SqlitePoolRepair;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.sqlite.JDBC;

/** The queue in the surroundings that applications have. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SurroundingsTests {

    private static final ChannelName MAIL = new ChannelName("orders", "mail");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.main.lazy-initialization=true",
                "spring.datasource.connection-fetch=lazy",
                "spring.datasource.hikari.maximum-pool-size=1",
                "spring.aop.proxy-target-class=false"
            })
    void aTransactionsMessageIsHandled(String property) {
        try (var context = application().with(property).start()) {
            publishAndHandle(context);
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void handlersRunOnVirtualThreadsWhereTheApplicationAsksForThem() {
        try (var context =
                application().with("spring.threads.virtual.enabled=true").start()) {
            publishAndHandle(context);
            assertThat(context.getBean(Mail.class).threads)
                    .isNotEmpty()
                    .allMatch(thread -> thread.toString().startsWith("VirtualThread["));
        }
    }

    @Test
    void aTracingProxyAroundThePoolIsNoObstacle() {
        try (var context = application().with(Tracing.class).start()) {
            assertThat(context.getBean(DataSource.class)).isInstanceOf(Traced.class);
            publishAndHandle(context);
        }
    }

    @Test
    void withoutTheRepairTheQueueWorksAndTheLogSaysWhatIsLost(CapturedOutput output) {
        try (var context = application().with("nsqite.datasource.repair=false").start()) {
            publishAndHandle(context);
            assertThat(output).contains(" WARN ").contains("SqliteDataSource under the pool");
        }
    }

    @Test
    void anotherPoolWorksAndTheLogSaysWhatIsLost(CapturedOutput output) {
        try (var context =
                application().with(NoPool.class).with("app.folder=" + folder).start()) {
            publishAndHandle(context);
            assertThat(output).contains(" WARN ").contains("SqliteDataSource under the pool");
        }
    }

    @Test
    void switchedOffNothingOfTheQueueIsThere() {
        try (var context = TestApplication.on(folder.resolve("app.db"))
                .with("nsqite.enabled=false")
                .start()) {
            assertThat(context.getBeanNamesForType(Nsqite.class)).isEmpty();
            assertThat(context.getBeanNamesForType(Producer.class)).isEmpty();
            assertThat(context.getBeanNamesForType(SqlitePoolRepair.class)).isEmpty();
            assertThat(context.getBean(JdbcTemplate.class).queryForList("SELECT name FROM sqlite_schema", String.class))
                    .isEmpty();
        }
    }

    private TestApplication application() {
        return TestApplication.on(folder.resolve("app.db"))
                .with(Mail.class)
                .with(InterfaceMail.class)
                .with(Ledger.class);
    }

    private static void publishAndHandle(ConfigurableApplicationContext context) {
        context.getBean(TransactionTemplate.class)
                .executeWithoutResult(status -> context.getBean(Producer.class).publishTx("orders", "hello"));
        QueueAdmin admin = context.getBean(QueueAdmin.class);
        admin.awaitDrained(MAIL, LIMIT);
        admin.awaitDrained(new ChannelName("orders", "interface"), LIMIT);
        admin.awaitDrained(new ChannelName("orders", "ledger"), LIMIT);
        assertThat(context.getBean(Mail.class).seen).containsExactly("hello");
        assertThat(context.getBean(JdbcTemplate.class).queryForList("SELECT entry FROM ledger", String.class))
                .containsExactly("hello 2");
        assertThat(context.getBean(Notifying.class).seen()).containsExactly("hello");
    }

    static class Mail {

        final List<String> seen = new CopyOnWriteArrayList<>();
        final List<Thread> threads = new CopyOnWriteArrayList<>();

        @NsqiteListener(topic = "orders", channel = "mail", concurrency = 3)
        void on(String payload) {
            threads.add(Thread.currentThread());
            seen.add(payload);
        }
    }

    /** Fails once after writing, so that its entry is there once only if its transactions are what they should be. */
    static class Ledger {

        private final JdbcTemplate jdbc;

        Ledger(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
            jdbc.execute("CREATE TABLE ledger (entry TEXT)");
        }

        @NsqiteListener(topic = "orders", channel = "ledger", transactional = true, backoff = @Backoff(delay = "1ms"))
        public void write(String payload, Delivery delivery) {
            jdbc.update("INSERT INTO ledger VALUES (?)", payload + " " + delivery.attempt());
            if (delivery.attempt() == 1) {
                throw new IllegalStateException("on purpose");
            }
        }
    }

    interface Notifying {

        void on(String payload);

        List<String> seen();
    }

    static class InterfaceMail implements Notifying {

        private final List<String> seen = new CopyOnWriteArrayList<>();

        @Override
        @Transactional
        @NsqiteListener(topic = "orders", channel = "interface")
        public void on(String payload) {
            seen.add(payload);
        }

        @Override
        public List<String> seen() {
            return seen;
        }
    }

    static class Traced extends DelegatingDataSource {

        Traced(DataSource target) {
            super(target);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Tracing {

        @Bean
        static BeanPostProcessor tracing() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String beanName) {
                    return bean instanceof DataSource dataSource ? new Traced(dataSource) : bean;
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NoPool {

        @Bean
        DataSource dataSource(Environment environment) {
            return new SimpleDriverDataSource(
                    new JDBC(), "jdbc:sqlite:" + environment.getRequiredProperty("app.folder") + "/other.db");
        }
    }
}
