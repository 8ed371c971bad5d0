package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.producer.Producer;
import io.nsqite.producer.PublishException;
import io.nsqite.spring.translation.SqliteExceptionTranslator;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/** Where an application does not want SQLite's errors to be translated, or does it by itself. */
@Timeout(60)
class OwnTranslationTests {

    private static final String TWICE = "INSERT INTO customer VALUES (1), (1)";

    @TempDir
    Path folder;

    @Test
    void aPropertySwitchesItOff() throws Exception {
        try (var context = start(application().with("nsqite.exception-translation=false"))) {
            assertThat(context.getBeansOfType(SQLExceptionTranslator.class)).isEmpty();
            assertSpringsDefault(context);
            try (Writing other = Writing.to(file())) {
                assertThat(other).isNotNull();
                assertThatThrownBy(() -> context.getBean(Producer.class).publish("orders", "x"))
                        .isExactlyInstanceOf(PublishException.class)
                        .hasMessageContaining("nothing is stored");
            }
        }
    }

    @Test
    void anOwnTranslatorIsUsedAlone() throws Exception {
        try (var context = start(application().with(OwnTranslator.class))) {
            assertThat(context.getBeansOfType(SQLExceptionTranslator.class)).containsOnlyKeys("own");
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            assertThatThrownBy(() -> jdbc.update(TWICE)).isInstanceOf(OwnException.class);
            assertThatThrownBy(() -> failAtCommit(context)).isInstanceOf(TransactionSystemException.class);
            try (Writing other = Writing.to(file())) {
                assertThat(other).isNotNull();
                assertThatThrownBy(() -> context.getBean(Producer.class).publish("orders", "x"))
                        .isInstanceOf(OwnException.class);
            }
        }
    }

    @Test
    void anOwnTranslatorOfTheTransactionManagerStays() {
        try (var context = start(application().with(OwnManager.class))) {
            assertThat(context.getBean(SQLExceptionTranslator.class)).isInstanceOf(SqliteExceptionTranslator.class);
            assertThatThrownBy(() -> failAtCommit(context)).isInstanceOf(OwnException.class);
        }
    }

    @Test
    void aFileOfErrorCodesIsATranslationOfTheApplicationsOwn() throws Exception {
        Files.createFile(folder.resolve("sql-error-codes.xml"));
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader withFile =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(withFile);
            try (var context = start(application())) {
                assertThat(context.getBeansOfType(SQLExceptionTranslator.class)).isEmpty();
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void assertSpringsDefault(ConfigurableApplicationContext context) {
        JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
        assertThatThrownBy(() -> jdbc.update(TWICE)).isInstanceOf(UncategorizedSQLException.class);
        assertThatThrownBy(() -> failAtCommit(context)).isInstanceOf(TransactionSystemException.class);
    }

    private static void failAtCommit(ConfigurableApplicationContext context) {
        context.getBean(TransactionTemplate.class)
                .executeWithoutResult(
                        status -> context.getBean(JdbcTemplate.class).update("INSERT INTO purchase VALUES (99)"));
    }

    private TestApplication application() {
        return TestApplication.on("jdbc:sqlite:" + file() + "?busy_timeout=100");
    }

    private Path file() {
        return folder.resolve("app.db");
    }

    private static ConfigurableApplicationContext start(TestApplication application) {
        ConfigurableApplicationContext context = application.start();
        JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
        jdbc.execute("CREATE TABLE customer (id INTEGER PRIMARY KEY)");
        jdbc.execute("CREATE TABLE purchase (payer INTEGER REFERENCES customer DEFERRABLE INITIALLY DEFERRED)");
        return context;
    }

    static class OwnException extends DataAccessException {

        private static final long serialVersionUID = 1L;

        OwnException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnTranslator {

        @Bean
        SQLExceptionTranslator own() {
            return (task, sql, failure) -> new OwnException(task, failure);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnManager {

        @Bean
        JdbcTransactionManager transactionManager(DataSource dataSource) {
            JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
            manager.setExceptionTranslator((task, sql, failure) -> new OwnException(task, failure));
            return manager;
        }
    }
}
