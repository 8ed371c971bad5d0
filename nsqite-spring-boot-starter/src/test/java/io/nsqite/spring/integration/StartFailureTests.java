package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.producer.PayloadEncoder;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.sqlite.SqliteDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
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
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/** What Boot prints when the application does not start: what was wanted and found, and what to do. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTests {

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("app.db");
    }

    private void explains(TestApplication application, CapturedOutput output, String description, String action) {
        assertThatThrownBy(application::start).isNotNull();
        String report = output.toString().substring(output.toString().indexOf("APPLICATION FAILED TO START"));
        int middle = report.indexOf("Action:");
        assertThat(report.substring(0, middle)).contains(description.replace("FOLDER", folder.toString()));
        assertThat(report.substring(middle)).contains(action);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nsqite.lease=1ms | lease must be 1 s to 365 days but was PT0.001S",
                "nsqite.poll.idle-interval=0s | idlePollInterval must be 1 ms to 365 days but was PT0S",
                "nsqite.retention.consumed=-1s | retention.consumed must be zero or more but was PT-1S"
            })
    void aPropertyOutOfRange(String property, String rule, CapturedOutput output) {
        explains(
                TestApplication.on(file()).with(property),
                output,
                "for configuration property '" + property.substring(0, property.indexOf('=')),
                "Review the value of the property");
        assertThat(output).contains(rule).contains("originating from"); // where in the configuration it stands
    }

    @ParameterizedTest
    @CsvSource({
        "nsqite.lease=soon, nsqite.lease",
        "nsqite.listener.retry-for=java.lang.String, java.lang.String is none; correct or remove it"
    })
    void aPropertyThatCantBeRead(String property, String name, CapturedOutput output) {
        explains(TestApplication.on(file()).with(property), output, name, "Update your application's configuration");
    }

    @Test
    void aNumberOfAListenerOutOfRange(CapturedOutput output) {
        explains(
                TestApplication.on(file()).with(Mail.class).with("nsqite.listener.concurrency=0"),
                output,
                "Mail.on(String) has a setting out of range: concurrency must be 1 to 1000 but was 0.",
                "nsqite.listeners[<id>].* or nsqite.listener.*");
    }

    @Test
    void twoListenersOfOneChannel(CapturedOutput output) {
        explains(
                TestApplication.on(file()).with(Mail.class).with(SameMail.class),
                output,
                "serves the channel 'orders.mail', and so does",
                "Give each listener a channel and an id of its own");
    }

    @Test
    void aTransactionManagerThatIsNotThere(CapturedOutput output) {
        explains(
                TestApplication.on(file()).with(OtherManager.class),
                output,
                "has transactionManager = \"other\", but there is no such bean; there are [transactionManager]",
                "Declare one for the queue's DataSource");
    }

    @Test
    void anErrorHandlerThatIsNotThere(CapturedOutput output) {
        explains(
                TestApplication.on(file()).with(Mail.class).with("nsqite.listener.error-handler=forgiving"),
                output,
                "Mail.on(String) has the error handler 'forgiving', but there is no such bean; of FailureHandler there are []",
                "Declare a FailureHandler bean of that name");
    }

    @Test
    void twoEncoders(CapturedOutput output) {
        explains(
                TestApplication.on(file()).with(TwoEncoders.class),
                output,
                "required a single bean, but 2 were found",
                "Consider marking one of the beans as @Primary");
    }

    @Test
    void aTopicThatCantBe(CapturedOutput output) {
        explains(
                TestApplication.on(file()).with(BadTopic.class),
                output,
                "has no valid topic: The name of a topic is 1 to 64 characters of a-z A-Z 0-9 . _ - but was 'not/valid'",
                "Correct it in the annotation");
    }

    @Test
    void aDataSourceThatChoosesAmongSeveral(CapturedOutput output) {
        explains(
                TestApplication.on(file()).with(Routing.class),
                output,
                "The queue lives in one database, but its DataSource is a ",
                "mark it with @NsqiteDataSource");
    }

    @Test
    void tablesThatNoMigrationCreated(CapturedOutput output) throws Exception {
        explains(
                TestApplication.on(file()).with("nsqite.schema.initialize=validate"),
                output,
                "Found: no version. Missing: table nsqite_schema, ",
                "Have your migrations run io/nsqite/schema/V1.sql");
    }

    @Test
    void tablesThatAreTooNew(CapturedOutput output) throws Exception {
        TestApplication.on(file()).start().close();
        execute("UPDATE nsqite_schema SET version = 99, oldest_compatible_version = 99");
        explains(
                TestApplication.on(file()),
                output,
                "The nsqite tables nsqite_* have version 99, but this library knows versions up to ",
                "Use a library at least as new");
    }

    @Test
    void anotherCopyOfTheDriver(CapturedOutput output) throws IOException {
        String path = folder.toRealPath().resolve("app.db").toString();
        TestApplication.on(folder.resolve("first.db")).start().close(); // makes the record
        otherDrivers().put(path, Map.entry(String.class, 1));
        try {
            explains(
                    TestApplication.on(file()),
                    output,
                    "Another copy of the SQLite driver",
                    "put sqlite-jdbc where both share it");
        } finally {
            otherDrivers().remove(path);
        }
    }

    @SuppressWarnings("unchecked")
    private static ConcurrentMap<String, Map.Entry<Class<?>, Integer>> otherDrivers() {
        return (ConcurrentMap<String, Map.Entry<Class<?>, Integer>>)
                System.getProperties().get("io.nsqite.drivers");
    }

    @Test
    void aFileThatCantBeOpened(CapturedOutput output) throws IOException {
        Files.createDirectory(file());
        explains(
                TestApplication.on(file()),
                output,
                "said: [SQLITE_CANTOPEN",
                "Look at the path in spring.datasource.url");
    }

    @Test
    void aSideFileThatCantBeOpened(CapturedOutput output) throws IOException {
        Files.createDirectory(folder.resolve("app.db-nsqite"));
        explains(
                TestApplication.on(file()),
                output,
                "which shows the processes that live: FOLDER/app.db-nsqite. It can't be opened",
                "Let this process read and write the file and its folder");
    }

    @Test
    void aFileThatIsNoDatabase(CapturedOutput output) throws IOException {
        Files.writeString(
                file(), "This is a letter, and it is long enough to be taken for something else. ".repeat(100));
        explains(TestApplication.on(file()), output, "which is not a SQLite database", "Correct the URL");
    }

    @Test
    void aFileThatIsDamaged(CapturedOutput output) throws Exception {
        TestApplication.on(file()).start().close();
        byte[] damaged = Files.readAllBytes(file());
        for (int at = 100; at < damaged.length; at++) {
            damaged[at] = (byte) at;
        }
        Files.write(file(), damaged);
        explains(TestApplication.on(file()), output, "said: [SQLITE_CORRUPT", "restore a backup");
    }

    @Test
    void aJournalThatCantBeAWriteAheadLog(CapturedOutput output) {
        explains(
                TestApplication.on("jdbc:sqlite:file:" + file() + "?vfs=unix-dotfile"),
                output,
                "is to be in journal mode WAL, but stays in mode",
                "say journal_mode=");
    }

    @Test
    void aDatabaseThatAnotherProgramIsWritingTo(CapturedOutput output) throws Exception {
        execute("PRAGMA journal_mode=WAL");
        try (Writing other = Writing.to(file())) {
            assertThat(other).isNotNull();
            explains(
                    TestApplication.on("jdbc:sqlite:" + file() + "?busy_timeout=100"),
                    output,
                    "said: Could not begin on",
                    "End that transaction, or raise busy_timeout");
        }
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static class Mail {

        @NsqiteListener(topic = "orders", channel = "mail")
        void on(String payload) {}
    }

    static class SameMail {

        @NsqiteListener(id = "same", topic = "orders", channel = "mail")
        void on(String payload) {}
    }

    static class BadTopic {

        @NsqiteListener(topic = "not/valid", channel = "mail")
        void on(String payload) {}
    }

    static class OtherManager {

        @NsqiteListener(topic = "orders", channel = "mail", transactional = true, transactionManager = "other")
        void on(String payload) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoEncoders {

        @Bean
        PayloadEncoder one() {
            return PayloadEncoder.plain();
        }

        @Bean
        PayloadEncoder other() {
            return PayloadEncoder.plain();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Routing {

        @Bean
        DataSource routing() {
            AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {
                @Override
                protected Object determineCurrentLookupKey() {
                    return "one";
                }
            };
            routing.setTargetDataSources(Map.of("one", SqliteDataSource.forUrl("jdbc:sqlite:one.db")));
            return routing;
        }
    }
}
