package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.message.Delivery;
import io.nsqite.store.DeliveryState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Answers while a transaction writes that the queue knows nothing of, as its connection came past the queue's DataSource. */
class SqliteAnswerTimeoutTests extends ManualTest {

    private final List<RuntimeException> refusals = new CopyOnWriteArrayList<>();

    @Override
    QueueUnderTest queue(Path itsFolder) {
        Properties properties = new Properties();
        properties.setProperty("busy_timeout", "300");
        return new SqliteQueueUnderTest(itsFolder, properties);
    }

    private Connection writing() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("app.db"));
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE application (a INTEGER)");
        }
        return connection;
    }

    private void answer(Runnable answer) {
        try {
            answer.run();
        } catch (IllegalStateException refused) {
            refusals.add(refused);
        }
    }

    @Test
    void anAnswerBesideATransactionOfItsOwnThreadStandsThoughItCantBeWrittenYet() throws Exception {
        consume(OPTIONS, delivery -> {
            record(delivery);
            if (delivery.attempt() == 1) {
                try (Connection transaction = writing()) {
                    answer(() -> delivery.requeue(SECOND));
                    transaction.rollback();
                }
            }
        });
        long id = publish("a");
        await(() -> refusals.size() == 1);
        assertThat(refusals.get(0))
                .hasMessageContaining("attempt 1 of message " + id)
                .hasMessageContaining("stands")
                .hasMessageContaining("PT0.3S")
                .hasMessageContaining("busy_timeout");
        drain();
        assertThat(handled).containsExactly("a 1", "a 2");
        assertThat(queue.deliveries(DeliveryState.DUE)).isEmpty();
    }

    @Test
    void allAnswersAreWrittenWhenTheTransactionHasEnded() throws Exception {
        consume();
        publishAll("a", "b");
        Delivery first = next();
        Delivery second = next();
        try (Connection transaction = writing()) {
            answer(first::finish);
            answer(() -> reject(second));
            transaction.rollback();
        }
        assertThat(refusals).hasSize(2);
        drain();
        assertThat(deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead.message()).isEqualTo(second.message()));
        assertNothingCame();
    }

    @Test
    void anInterruptEndsTheWaitAndStays() throws Exception {
        consume();
        Delivery delivery = deliver("a");
        AtomicBoolean interrupted = new AtomicBoolean();
        BlockingQueue<Boolean> answered = new LinkedBlockingQueue<>();
        try (Connection transaction = writing()) {
            Thread answering = new Thread(() -> {
                answer(delivery::finish);
                interrupted.set(Thread.currentThread().isInterrupted());
                answered.add(true);
            });
            answering.start();
            answering.interrupt();
            await(() -> answered.size() == 1);
            transaction.rollback();
        }
        assertThat(refusals)
                .singleElement()
                .satisfies(refused -> assertThat(refused).hasMessageContaining("stands"));
        assertThat(interrupted).isTrue();
        drain();
        assertNothingCame();
    }
}
