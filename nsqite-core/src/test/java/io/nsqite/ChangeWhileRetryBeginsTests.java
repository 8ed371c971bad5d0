package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static io.nsqite.QueueFile.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.retry.ExponentialBackoff;
import io.nsqite.sqlite.SqliteConnection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An operator's change is committed between the moment a retry is found due and the recording of its attempt. */
@Timeout(40)
class ChangeWhileRetryBeginsTests {

    private static final ConsumerOptions OPTIONS = ConsumerOptions.defaults()
            .withBackoff(new ExponentialBackoff(Duration.ofMillis(1), 1, Duration.ofMillis(1), 0));

    @TempDir
    Path folder;

    private final List<String> attempts = new CopyOnWriteArrayList<>();
    private final AtomicBoolean changed = new AtomicBoolean();

    private void changeWhileRetryBegins(String... statements) throws Exception {
        try (FaultyDriver driver = FaultyDriver.open()) {
            QueueFile file = new QueueFile(folder);
            try (Nsqite nsqite = Nsqite.builder(file.dataSource()).build()) {
                driver.failWith(1, sql -> isFindingTheMessage(sql) && change(file, statements));
                nsqite.consume("orders", "mail", OPTIONS, delivery -> {
                    attempts.add(delivery.message().id() + "/" + delivery.attempt());
                    if (delivery.message().id() == 1 && attempts.size() == 1) {
                        throw new IllegalStateException("fails once");
                    }
                });
                nsqite.producer().publish("orders", "x");
                QueueFile.await(changed::get);
                nsqite.producer().publish("orders", "y");
                nsqite.admin().awaitDrained(CHANNEL, LIMIT);
            }
            assertThat(file.rows("SELECT * FROM nsqite_delivery")).isEmpty();
            assertThat(file.rows("SELECT * FROM nsqite_done")).isEmpty();
        }
    }

    private static boolean isFindingTheMessage(String sql) {
        return sql.contains("WHERE id = ? AND topic_id <> 0");
    }

    /** By hand, as this thread has the reader. */
    private boolean change(QueueFile file, String... statements) {
        if (!changed.compareAndSet(false, true)) {
            return false;
        }
        try (SqliteConnection connection = file.transaction();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
            statement.executeUpdate("UPDATE nsqite_channel SET changes = changes + 1");
            connection.commit();
            return false;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatWasPurgedDoesNotComeBack() throws Exception {
        changeWhileRetryBegins("DELETE FROM nsqite_delivery");
        assertThat(attempts).containsExactly("1/1", "2/1");
    }

    @Test
    void whatWasRewoundComesOnceAndAsNew() throws Exception {
        changeWhileRetryBegins("DELETE FROM nsqite_delivery", "UPDATE nsqite_cursor SET done_to = 0");
        assertThat(attempts).containsExactly("1/1", "1/1", "2/1");
    }

    @Test
    void whatWasLeftAloneIsTriedAgain() throws Exception {
        changeWhileRetryBegins();
        assertThat(attempts).containsExactlyInAnyOrder("1/1", "1/2", "2/1");
    }
}
