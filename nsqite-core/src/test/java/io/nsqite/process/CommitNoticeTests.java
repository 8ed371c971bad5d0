package io.nsqite.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.NsqiteOptions;
import io.nsqite.message.NewMessage;
import io.nsqite.sqlite.SqliteConnection;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class CommitNoticeTests extends ProcessTest {

    private static final NsqiteOptions WITHOUT_LOOKING =
            NsqiteOptions.defaults().withPollIntervals(Duration.ofHours(1), Duration.ofHours(1));

    private final List<String> payloads = new CopyOnWriteArrayList<>();

    private Nsqite consuming(NsqiteOptions options) {
        Nsqite nsqite = queue(options);
        nsqite.consume(
                TOPIC,
                CHANNEL,
                delivery -> payloads.add(new String(delivery.message().payload())));
        // from here on it waits, for whatever wakes it
        nsqite.producer().publish(TOPIC, "first");
        until(() -> payloads.contains("first"));
        return nsqite;
    }

    @Test
    void commitsOfAnotherProcessArrive() throws Exception {
        consuming(NsqiteOptions.defaults());
        Child publisher = child("publisher", "serve=no");
        for (int number = 0; number < 20; number++) {
            publisher.send("publish from-outside-" + number);
        }
        until(() -> payloads.size() == 21);
        assertThat(payloads).doesNotHaveDuplicates().endsWith("from-outside-19");
        publisher.stop();
    }

    @Test
    void aRowInsertedByHandThroughTheBareDriverArrives() throws Exception {
        consuming(NsqiteOptions.defaults());
        execute(
                raw(),
                "INSERT INTO nsqite_message (topic_id, priority, published_at, payload)"
                        + " SELECT id, 4, 0, CAST('by hand' AS BLOB) FROM nsqite_topic");
        until(() -> payloads.contains("by hand"));
    }

    @Test
    void aMessagePublishedInATransactionOfTheBareDriverArrives() throws Exception {
        Nsqite nsqite = consuming(NsqiteOptions.defaults());
        nsqite.admin().awaitDrained(NAME, LIMIT); // a commit of the queue's own would get in the way of the bare driver
        try (Connection connection = raw()) {
            connection.setAutoCommit(false);
            nsqite.producer().publishTx(connection, NewMessage.to(TOPIC, "lost"));
            connection.rollback();
            nsqite.producer().publishTx(connection, NewMessage.to(TOPIC, "raw"));
            connection.commit();
        }
        until(() -> payloads.contains("raw"));
        assertThat(payloads).containsExactly("first", "raw");
    }

    @Test
    void commitsInTheProcessArriveThoughNobodyLooksForThem() throws Exception {
        Nsqite nsqite = consuming(WITHOUT_LOOKING);
        nsqite.producer().publish(TOPIC, "alone");
        until(() -> payloads.contains("alone"));
        try (SqliteConnection connection = dataSource().getConnection()) {
            connection.setAutoCommit(false);
            nsqite.producer().publishTx(connection, NewMessage.to(TOPIC, "joined"));
            connection.commit();
        }
        until(() -> payloads.contains("joined"));
    }

    @Test
    void waitingForAChannelToBeDrainedEndsThoughNobodyLooksForCommits() {
        Nsqite nsqite = consuming(WITHOUT_LOOKING);
        publish(nsqite, 100);
        nsqite.admin().awaitDrained(NAME, LIMIT);
        assertThat(payloads).hasSize(101);
    }
}
