package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.error.DatabaseException;
import io.nsqite.error.ErrorTranslation;
import io.nsqite.error.NsqiteException;
import io.nsqite.error.SetupException;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.PublishException;
import io.nsqite.sqlite.SqliteConnection;
import io.nsqite.sqlite.SqliteDataSource;
import io.nsqite.sqlite.UnsuitableDatabaseException;
import io.nsqite.sqlite.WriteTimeoutException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What callers get when the database refuses something: one kind of exception, or what the application makes of it. */
@Timeout(20)
class ErrorTests {

    private static final int SQLITE_BUSY = 5;

    @TempDir
    Path folder;

    private QueueFile file;

    @BeforeEach
    void openQuickly() {
        Properties properties = new Properties();
        properties.setProperty("busy_timeout", "50");
        file = new QueueFile(folder, properties);
    }

    @Test
    void everyCallSaysWhatFailedAndWhatTheDatabaseSaid() throws Exception {
        try (Nsqite nsqite = Nsqite.builder(file.dataSource()).build()) {
            nsqite.consume(CHANNEL.topic(), CHANNEL.channel(), delivery -> {});
            try (Connection stranger = writing()) {
                assertThat(stranger.isClosed()).isFalse();
                assertRefused(
                        () -> nsqite.producer().publish("orders", "x"),
                        PublishException.class,
                        "Publishing 1 message(s) to topic 'orders' failed, nothing is stored");
                assertRefused(() -> nsqite.producer().cancel(1), PublishException.class, "Cancelling message 1 failed");
                assertRefused(() -> nsqite.admin().pause(CHANNEL), DatabaseException.class, "failed");
                assertRefused(
                        () -> nsqite.consume("orders", "stock", delivery -> {}),
                        DatabaseException.class,
                        "The channels ['stock' of topic 'orders'] could not be created");
                assertRefused(
                        () -> Nsqite.builder(file.dataSource()).build(),
                        DatabaseException.class,
                        "The queue could not be opened");
            }
        }
    }

    private static void assertRefused(Runnable call, Class<? extends DatabaseException> expected, String what) {
        assertThatThrownBy(call::run)
                .isExactlyInstanceOf(expected)
                .isInstanceOf(NsqiteException.class)
                .hasMessageContaining(what)
                .hasMessageContaining("busy_timeout")
                .asInstanceOf(type(DatabaseException.class))
                .satisfies(e -> assertThat(e.errorCode()).isEqualTo(SQLITE_BUSY))
                .satisfies(e -> assertThat(e.call()).contains(what))
                .satisfies(e -> assertThat(e.getCause())
                        .isInstanceOf(WriteTimeoutException.class)
                        .isSameAs(e.sqlException()));
    }

    @Test
    void theApplicationMayThrowItsOwnInstead() throws Exception {
        ErrorTranslation own = failure -> new OwnException(failure.call(), failure.sqlException());
        try (Nsqite nsqite =
                Nsqite.builder(file.dataSource()).errorTranslation(own).build()) {
            nsqite.consume(CHANNEL.topic(), CHANNEL.channel(), delivery -> {});
            try (Connection stranger = writing();
                    SqliteConnection transaction = file.transaction()) {
                assertThat(stranger.isClosed()).isFalse();
                assertThatThrownBy(() -> nsqite.producer().publish("orders", "x"))
                        .isInstanceOf(OwnException.class);
                assertThatThrownBy(() -> nsqite.producer().publishTx(transaction, NewMessage.to("orders", "x")))
                        .isInstanceOf(OwnException.class)
                        .hasMessageContaining("roll the transaction back");
                assertThatThrownBy(() -> nsqite.producer().cancel(1)).isInstanceOf(OwnException.class);
                assertThatThrownBy(() -> nsqite.admin().pause(CHANNEL)).isInstanceOf(OwnException.class);
                assertThatThrownBy(() -> nsqite.consume("orders", "stock", delivery -> {}))
                        .isInstanceOf(OwnException.class);
            }
        }
    }

    @Test
    void anOperatorInATransactionThatWritesIsTheWrongPlaceRatherThanAFailure() throws Exception {
        try (Nsqite nsqite = Nsqite.builder(file.dataSource()).build()) {
            nsqite.consume(CHANNEL.topic(), CHANNEL.channel(), ConsumerOptions.defaults(), delivery -> {});
            file.execute("CREATE TABLE business (text TEXT)");
            try (SqliteConnection transaction = file.transaction();
                    Statement statement = transaction.createStatement()) {
                statement.executeUpdate("INSERT INTO business VALUES ('a')");
                assertThatThrownBy(() -> nsqite.admin().pause(CHANNEL))
                        .isExactlyInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("end that transaction first");
                transaction.rollback();
            }
        }
    }

    @Test
    void aQueueThatIsClosedSaysSo() {
        Nsqite nsqite = Nsqite.builder(file.dataSource()).build();
        nsqite.close();
        assertThatThrownBy(() -> nsqite.producer().publish("orders", "x"))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("The queue is closed")
                .hasMessageContaining("or open another");
        assertThatThrownBy(() -> nsqite.admin().channels())
                .isExactlyInstanceOf(DatabaseException.class)
                .hasMessageContaining("The queue is closed");
    }

    @Test
    void whatCantBeSetUpLikeThisIsDescribedApartFromWhatToDo() {
        assertThatThrownBy(() -> SqliteDataSource.forUrl("jdbc:other:db"))
                .isInstanceOf(UnsuitableDatabaseException.class)
                .isInstanceOf(NsqiteException.class)
                .hasMessage(
                        "The URL must begin with \"jdbc:sqlite:\" but is \"jdbc:other:db\". Use this data source for"
                                + " SQLite only.")
                .asInstanceOf(type(SetupException.class))
                .satisfies(e -> assertThat(e.description()).endsWith("is \"jdbc:other:db\"."))
                .satisfies(e -> assertThat(e.action()).startsWith("Use this"));
    }

    /** Another program, in a transaction that writes. */
    private Connection writing() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("app.db"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout=5000");
            statement.execute("BEGIN IMMEDIATE");
        }
        return connection;
    }

    private static final class OwnException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OwnException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
