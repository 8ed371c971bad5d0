package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** What a developer reads when the queue can't live in the database. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class UnsuitableDatabaseTests {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "jdbc:sqlite::memory:, memory",
        "jdbc:sqlite:file:x?mode=memory&cache=shared, memory",
        "jdbc:sqlite:FOLDER/missing/app.db, FOLDER/missing",
        "jdbc:sqlite:FOLDER/app.db?transaction_mode=IMMEDIATE, transaction_mode"
    })
    void aUrlThatCantWorkIsExplained(String url, String explanation, CapturedOutput output) {
        failToStart(TestApplication.on(url.replace("FOLDER", folder.toString())));
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(explanation.replace("FOLDER", folder.toString()))
                .contains("Action:");
    }

    @Test
    void theDriversModeIsExplainedAsAPropertyOfThePoolToo(CapturedOutput output) {
        failToStart(TestApplication.on(folder.resolve("app.db"))
                .with("spring.datasource.hikari.data-source-properties.transaction_mode=IMMEDIATE"));
        assertThat(output).contains("APPLICATION FAILED TO START").contains("transaction_mode");
    }

    @Test
    void aFileThatCanOnlyBeReadIsExplained(CapturedOutput output) throws IOException {
        Path file = folder.resolve("app.db");
        TestApplication.on(file).start().close();
        assertThat(Files.exists(file)).isTrue();
        failToStart(TestApplication.on(file).with("spring.datasource.hikari.data-source-properties.open_mode=1"));
        assertThat(output).contains("APPLICATION FAILED TO START").contains("read");
    }

    @Test
    void anotherDatabaseIsExplained(CapturedOutput output) {
        failToStart(TestApplication.on(folder.resolve("app.db")).with(OtherDatabase.class));
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("lives in a SQLite database, but the DataSource leads to jdbc:other:db");
    }

    @Test
    void severalDataSourcesAreExplained(CapturedOutput output) {
        failToStart(TestApplication.on(folder.resolve("app.db")).with(TwoPools.class));
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("[one, two]")
                .contains("Mark it with @NsqiteDataSource, or make it @Primary.");
    }

    private static void failToStart(TestApplication application) {
        assertThatThrownBy(application::start).isNotNull();
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoPools {

        @Bean
        HikariDataSource one() {
            return new HikariDataSource();
        }

        @Bean
        HikariDataSource two() {
            return new HikariDataSource();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OtherDatabase {

        @Bean
        DataSource other() {
            return new AbstractDataSource() {
                @Override
                public Connection getConnection() {
                    return answering(
                            Connection.class,
                            Map.of(
                                    "getMetaData",
                                    answering(
                                            DatabaseMetaData.class,
                                            Map.of("getURL", "jdbc:other:db", "getDatabaseProductName", "Other")),
                                    "isWrapperFor",
                                    false));
                }

                @Override
                public Connection getConnection(String user, String password) throws SQLException {
                    return getConnection();
                }
            };
        }

        private static <T> T answering(Class<T> type, Map<String, Object> answers) {
            Object proxy = Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (self, method, arguments) -> answers.get(method.getName()));
            return type.cast(proxy);
        }
    }
}
