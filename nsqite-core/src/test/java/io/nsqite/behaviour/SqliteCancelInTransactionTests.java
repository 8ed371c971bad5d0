package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.FaultyDriver;
import io.nsqite.Nsqite;
import io.nsqite.QueueFile;
import io.nsqite.consumer.Consumer;
import io.nsqite.store.DeliveryState;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The transaction that cancels a message is still open when the message is due, and is read as it was before. */
class SqliteCancelInTransactionTests extends CancelTest {

    private FaultyDriver driver;

    @Override
    QueueUnderTest queue(Path itsFolder) throws SQLException {
        driver = FaultyDriver.open();
        return new SqliteQueueUnderTest(itsFolder);
    }

    @AfterEach
    void closeDriver() throws SQLException {
        driver.close();
    }

    /** Opened by the next statement of this kind that was executed. */
    private CountDownLatch after(Predicate<String> statement) {
        CountDownLatch executed = new CountDownLatch(1);
        driver.failAfter(0, sql -> {
            if (statement.test(sql)) {
                executed.countDown();
            }
            return false;
        });
        return executed;
    }

    private static void awaitOpen(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(QueueFile.LIMIT.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
    }

    private void cancelWhileItsAttemptBegins() throws Exception {
        long late = publish(message("late").withDelay(DELAY));
        passUntil(() -> queue.deliveries(DeliveryState.SCHEDULED).contains(late));
        CountDownLatch found = after(sql -> sql.contains("WHERE id = ? AND topic_id <> 0"));
        cancelIn(
                () -> {
                    members.pass(DELAY);
                    awaitOpen(found);
                },
                late);
        publish("other");
        drain();
        assertThat(handled).containsExactly("other 1");
        assertThat(queue.deliveries(DeliveryState.DUE)).isEmpty();
    }

    @Test
    void itsAttemptDoesNotBegin() throws Exception {
        consume(OPTIONS, this::record);
        cancelWhileItsAttemptBegins();
    }

    @Test
    void itsAttemptDoesNotBeginAtAnother() throws Exception {
        Nsqite other = openMember();
        consume(other, OPTIONS, this::record);
        cancelWhileItsAttemptBegins();
    }

    private void cancelWhileItIsRead(Consumer consumer) throws Exception {
        publish("first");
        drain();
        consumer.pause();
        long late = publish(message("late").withDelay(DELAY));
        cancelIn(
                () -> {
                    members.pass(DELAY);
                    CountDownLatch read = after(sql -> sql.contains("FROM nsqite_message WHERE id > ?2"));
                    consumer.resume();
                    awaitOpen(read);
                },
                late);
        publish("other");
        drain();
        assertThat(handled).containsExactly("first 1", "other 1");
        assertThat(queue.deliveries(DeliveryState.DUE)).isEmpty();
    }

    @Test
    void itIsNotHandedOutByAReaderThatIsBehind() throws Exception {
        cancelWhileItIsRead(consume(OPTIONS, this::record));
    }

    @Test
    void itIsNotHandedOutByAReaderOfAnotherThatIsBehind() throws Exception {
        cancelWhileItIsRead(consume(openMember(), OPTIONS, this::record));
    }
}
