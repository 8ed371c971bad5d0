package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.docs.V2__nsqite_1;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListener;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database whose tables the queue has created comes under Flyway or Liquibase, with the messages in it. */
@Timeout(60)
class FromAlwaysTests {

    @TempDir
    Path folder;

    private TestApplication application() {
        return TestApplication.on(folder.resolve("app.db"));
    }

    private TestApplication withCustomers() {
        return application()
                .with("spring.sql.init.mode=always")
                .with("spring.sql.init.schema-locations=classpath:db/migration/V1__customer.sql");
    }

    private static void publishWith(TestApplication creatingTables) {
        try (var context = creatingTables.start()) {
            assertThat(context.getEnvironment().getProperty("nsqite.schema.initialize"))
                    .isNull();
            context.getBean(Producer.class).publish("customers", "ann");
        }
    }

    private static void assertGreeted(TestApplication withTool) throws Exception {
        try (var context = withTool.with(Greetings.class).start()) {
            assertThat(context.getEnvironment().getProperty("nsqite.schema.initialize"))
                    .isEqualTo("validate");
            assertThat(context.getBean(Greetings.class).greeted.poll(10, TimeUnit.SECONDS))
                    .isEqualTo("ann");
            assertThat(context.getBean(JdbcTemplate.class).queryForObject("SELECT count(*) FROM customer", Long.class))
                    .isZero();
        }
    }

    private TestApplication withBaseline() {
        return application()
                .withFlyway()
                .with("spring.config.additional-location=classpath:io/nsqite/docs/baseline/")
                .with("spring.flyway.locations=classpath:db/migration,classpath:db/migration-nsqite");
    }

    @Test
    void underFlywayThatIsNewToTheDatabase() throws Exception {
        publishWith(withCustomers());
        assertGreeted(withBaseline());
        publishAndGreetAgain(withBaseline());
    }

    private static void publishAndGreetAgain(TestApplication withTool) throws Exception {
        try (var context = withTool.with(Greetings.class).start()) {
            context.getBean(Producer.class).publish("customers", "bob");
            assertThat(context.getBean(Greetings.class).greeted.poll(10, TimeUnit.SECONDS))
                    .isEqualTo("bob");
        }
    }

    @Test
    void anEmptyDatabaseIsMigratedByFlywayAllTheSame() throws Exception {
        publishAndGreetAgain(withBaseline());
    }

    private TestApplication withMigrationInJava() {
        return application().withFlyway().with(V2__nsqite_1.class).with("nsqite.schema.initialize=validate");
    }

    @Test
    void underFlywayThatHasMigratedTheDatabaseBefore() throws Exception {
        publishWith(application().withFlyway());
        assertGreeted(withMigrationInJava());
        publishAndGreetAgain(withMigrationInJava());
    }

    @Test
    void anEmptyDatabaseIsMigratedByTheMigrationInJavaToo() throws Exception {
        publishAndGreetAgain(withMigrationInJava());
    }

    private TestApplication withLiquibase() {
        return application()
                .withLiquibase()
                .with("spring.config.additional-location=classpath:io/nsqite/docs/liquibase/");
    }

    @Test
    void underLiquibase() throws Exception {
        publishWith(application());
        assertGreeted(withLiquibase());
        publishAndGreetAgain(withLiquibase());
    }

    @Configuration(proxyBeanMethods = false)
    static class Greetings {

        final LinkedBlockingQueue<String> greeted = new LinkedBlockingQueue<>();

        @NsqiteListener(topic = "customers", channel = "greetings")
        void greet(String name) {
            greeted.add(name);
        }
    }
}
