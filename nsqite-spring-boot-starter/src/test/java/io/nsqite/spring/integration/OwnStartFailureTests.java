package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What goes wrong at the start and is the application's own is not explained as something else. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class OwnStartFailureTests {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("app.db");
    }

    @Test
    void aFailureOfTheApplicationsOwnSqlIsNotTakenForOneOfTheDatabase(CapturedOutput output) throws IOException {
        Path script = Files.writeString(folder.resolve("data.sql"), """
                CREATE TABLE customer (id INTEGER PRIMARY KEY);
                INSERT INTO customer VALUES (1), (1);
                """);
        assertThatThrownBy(() -> TestApplication.on(file())
                        .with("spring.sql.init.mode=always")
                        .with("spring.sql.init.data-locations=file:" + script)
                        .start())
                .isNotNull();
        assertThat(output).doesNotContain("APPLICATION FAILED TO START");
    }

    @Test
    void aTransactionOfTheApplicationItselfIsNotTakenForAnotherProgram(CapturedOutput output) {
        assertThatThrownBy(() -> TestApplication.on("jdbc:sqlite:" + file() + "?busy_timeout=100")
                        .with(WritingBeside.class)
                        .start())
                .isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("thread \"other\" has held")
                .contains("End that transaction, or raise busy_timeout")
                .doesNotContain("Another process, such as a shell");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {WritingWhereOneReads.class, WritingInTwoTransactions.class, WritingWhatItOpenedToRead.class})
    void whatTheApplicationMayNotDoIsNotTakenForAFailureOfTheDatabase(Class<?> application, CapturedOutput output) {
        assertThatThrownBy(() -> TestApplication.on(file()).with(application).start())
                .isNotNull();
        assertThat(output).contains("Application run failed").doesNotContain("APPLICATION FAILED TO START");
    }

    private static TransactionTemplate transaction(PlatformTransactionManager manager, int propagation) {
        TransactionTemplate transaction = new TransactionTemplate(manager);
        transaction.setPropagationBehavior(propagation);
        return transaction;
    }

    @Configuration(proxyBeanMethods = false)
    static class WritingWhereOneReads {

        @Bean
        CommandLineRunner work(PlatformTransactionManager manager, JdbcTemplate jdbc) {
            TransactionTemplate reading = transaction(manager, TransactionDefinition.PROPAGATION_REQUIRED);
            reading.setReadOnly(true);
            return arguments ->
                    reading.executeWithoutResult(status -> jdbc.execute("CREATE TABLE customer (id INTEGER)"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WritingInTwoTransactions {

        @Bean
        CommandLineRunner work(PlatformTransactionManager manager, JdbcTemplate jdbc) {
            TransactionTemplate outer = transaction(manager, TransactionDefinition.PROPAGATION_REQUIRED);
            TransactionTemplate inner = transaction(manager, TransactionDefinition.PROPAGATION_REQUIRES_NEW);
            return arguments -> outer.executeWithoutResult(status -> {
                jdbc.execute("CREATE TABLE customer (id INTEGER)");
                inner.executeWithoutResult(nested -> jdbc.execute("CREATE TABLE product (id INTEGER)"));
            });
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WritingWhatItOpenedToRead {

        @Bean
        CommandLineRunner work(Environment environment) {
            String url = environment.getRequiredProperty("spring.datasource.url");
            return arguments -> {
                try (Connection connection = DriverManager.getConnection(url + "?open_mode=1");
                        Statement statement = connection.createStatement()) {
                    statement.execute("CREATE TABLE customer (id INTEGER)");
                }
            };
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WritingBeside {

        @Bean
        CommandLineRunner work(PlatformTransactionManager manager, JdbcTemplate jdbc) {
            TransactionTemplate writing = transaction(manager, TransactionDefinition.PROPAGATION_REQUIRED);
            return arguments -> {
                CountDownLatch begun = new CountDownLatch(1);
                CountDownLatch end = new CountDownLatch(1);
                Thread other = new Thread(
                        () -> writing.executeWithoutResult(status -> {
                            jdbc.execute("CREATE TABLE customer (id INTEGER)");
                            begun.countDown();
                            await(end);
                        }),
                        "other");
                other.start();
                begun.await();
                try {
                    jdbc.execute("CREATE TABLE product (id INTEGER)");
                } finally {
                    end.countDown();
                    other.join();
                }
            };
        }
    }
}
