package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.producer.Producer;
import io.nsqite.schema.InvalidSchemaException;
import io.nsqite.schema.SchemaMode;
import io.nsqite.spring.NsqiteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Flyway or Liquibase creates the queue's tables, from the scripts of the library, before the queue opens. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class MigrationToolTests {

    private static final ChannelName GREETINGS = new ChannelName("customers", "greetings");

    @TempDir
    Path folder;

    private TestApplication application() {
        return TestApplication.on(folder.resolve("app.db")).with(Greetings.class);
    }

    private TestApplication withFlyway() {
        return application()
                .withFlyway()
                .with("spring.config.additional-location=classpath:io/nsqite/docs/flyway/")
                .with("spring.flyway.locations=classpath:db/migration,classpath:db/migration-nsqite");
    }

    private TestApplication withLiquibase() {
        return application()
                .withLiquibase()
                .with("spring.config.additional-location=classpath:io/nsqite/docs/liquibase/");
    }

    @Test
    void flywayCreatesTheTablesAndListenersWork() throws Exception {
        startTwiceAndGreet(withFlyway(), "flyway_schema_history");
    }

    @Test
    void liquibaseCreatesTheTablesAndListenersWork() throws Exception {
        startTwiceAndGreet(withLiquibase(), "DATABASECHANGELOG");
    }

    private static void startTwiceAndGreet(TestApplication application, String historyOfTheTool) throws Exception {
        for (int start = 1; start <= 2; start++) {
            try (var context = application.start()) {
                assertThat(context.getEnvironment().getProperty("nsqite.schema.initialize", SchemaMode.class))
                        .isEqualTo(SchemaMode.VALIDATE);
                assertThat(names(context)).contains(historyOfTheTool, "nsqite_message", "nsqite_message_last");
                publish(context);
                assertThat(context.getBean(Greetings.class).greeted.poll(10, TimeUnit.SECONDS))
                        .isEqualTo("ann");
                context.getBean(QueueAdmin.class).awaitDrained(GREETINGS, Duration.ofSeconds(10));
            }
        }
    }

    @Test
    void withAPrefixTheToolsCreateWhatTheQueueNeedsToo() {
        try (var context = withFlyway()
                .with("spring.flyway.placeholders.prefix=shop_queue_")
                .with("nsqite.schema.table-prefix=shop_queue_")
                .start()) {
            assertThat(names(context)).contains("shop_queue_message").noneMatch(name -> name.startsWith("nsqite_"));
            publish(context);
            context.getBean(QueueAdmin.class).awaitDrained(GREETINGS, Duration.ofSeconds(10));
        }
    }

    @Test
    void aMigrationThatWasForgottenIsToldAtTheStart(CapturedOutput output) {
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() ->
                        application().with("nsqite.schema.initialize=validate").start())
                .havingRootCause()
                .asInstanceOf(InstanceOfAssertFactories.type(InvalidSchemaException.class))
                .satisfies(e -> assertThat(e.missing()).contains("table nsqite_message"));
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("The queue needs its tables nsqite_* in version 1")
                .contains("Have your migrations run io/nsqite/schema/V1.sql");
    }

    @Test
    void theMigrationForFlywayIsTheScriptOfTheLibrary() throws IOException {
        assertThat(text("db/migration-nsqite/V2__nsqite_1.sql")).isEqualTo(text("io/nsqite/schema/V1.sql"));
    }

    private static String text(String resource) throws IOException {
        return new ClassPathResource(resource).getContentAsString(StandardCharsets.UTF_8);
    }

    private static void publish(ConfigurableApplicationContext context) {
        context.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
            context.getBean(JdbcTemplate.class).update("INSERT INTO customer (name) VALUES ('ann')");
            context.getBean(Producer.class).publishTx("customers", "ann");
        });
    }

    private static List<String> names(ConfigurableApplicationContext context) {
        return context.getBean(JdbcTemplate.class).queryForList("SELECT name FROM sqlite_schema", String.class);
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
