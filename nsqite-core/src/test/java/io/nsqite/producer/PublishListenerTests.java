package io.nsqite.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.QueueFile;
import io.nsqite.message.NewMessage;
import io.nsqite.sqlite.SqliteConnection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who counts what is published hears of everything that was committed, and of nothing else. */
@Timeout(30)
class PublishListenerTests {

    private static final int THREADS = 4;
    private static final int MESSAGES = 200;

    @TempDir
    Path folder;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<Long> ids = new CopyOnWriteArrayList<>();
    private QueueFile file;
    private Nsqite nsqite;
    private Producer producer;

    @BeforeEach
    void open() {
        file = new QueueFile(folder);
        nsqite = Nsqite.builder(file.dataSource())
                .publishListener((topic, messageIds) -> {
                    throw new IllegalStateException("no metrics today");
                })
                .publishListener((topic, messageIds) -> {
                    heard.add(topic + " " + messageIds);
                    ids.addAll(messageIds);
                })
                .build();
        producer = nsqite.producer();
    }

    @AfterEach
    void close() {
        nsqite.close();
    }

    @Test
    void whatCommitsOnItsOwnIsHeardWhenTheCallReturns() {
        long id = producer.publish("orders", "a");
        assertThat(heard).containsExactly("orders [%d]".formatted(id));
    }

    @Test
    void oneCallForSeveralTopicsIsHeardByTopic() {
        producer.publish(
                List.of(NewMessage.to("orders", "a"), NewMessage.to("stock", "b"), NewMessage.to("orders", "c")));
        assertThat(heard).containsExactly("orders [1, 3]", "stock [2]");
    }

    @Test
    void whatJoinsATransactionIsHeardOnceItIsCommitted() throws SQLException {
        try (SqliteConnection transaction = file.transaction()) {
            producer.publishTx(transaction, NewMessage.to("orders", "a"));
            producer.publishTx(transaction, NewMessage.to("orders", "b"));
            assertThat(heard).isEmpty();
            transaction.commit();
            assertThat(heard).containsExactly("orders [1]", "orders [2]");
            transaction.commit();
            assertThat(heard).hasSize(2);
        }
    }

    @Test
    void whatIsRolledBackIsNotHeard() throws SQLException {
        try (SqliteConnection transaction = file.transaction()) {
            producer.publishTx(transaction, NewMessage.to("orders", "a"));
            transaction.rollback();
            producer.publishTx(transaction, NewMessage.to("orders", "b"));
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void aDuplicateIsNotHeard() {
        NewMessage once = NewMessage.to("orders", "a").withDeduplicationKey("42");
        producer.publish(once);
        producer.publish(once);
        producer.publish(List.of(once, NewMessage.to("orders", "b")));
        assertThat(heard).containsExactly("orders [1]", "orders [2]");
    }

    /** The failing one makes the transaction that it shares with others be done again in parts. */
    @Test
    void whatIsDoneAgainBecauseOfOthersIsHeardOnce() throws Exception {
        file.execute("CREATE TRIGGER refuse BEFORE INSERT ON nsqite_message WHEN new.message_key = 'bad'"
                + " BEGIN SELECT raise(ABORT, 'refused'); END");
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            NewMessage message = NewMessage.to("orders", "a").withKey(i == 0 ? "bad" : "good");
            Thread thread = new Thread(() -> publishAfter(start, message));
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(20));
        }
        assertThat(ids).hasSize((THREADS - 1) * MESSAGES).doesNotHaveDuplicates();
    }

    private void publishAfter(CountDownLatch start, NewMessage message) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        for (int i = 0; i < MESSAGES; i++) {
            try {
                producer.publish(message);
            } catch (PublishException e) {
                assertThat(message.key()).isEqualTo("bad");
            }
        }
    }
}
