package io.nsqite;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.message.NewMessage;
import io.nsqite.sqlite.SqliteConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two queues with different prefixes in one database know nothing of each other. */
@Timeout(60)
class TwoQueuesTests {

    private static final ChannelName CHANNEL = QueueFile.CHANNEL;
    private static final int MANY = 100;

    @TempDir
    Path folder;

    private QueueFile file;
    private Nsqite jobs;
    private Nsqite events;

    @BeforeEach
    void open() {
        file = new QueueFile(folder);
        jobs = open("jobs_");
        events = open("Events_");
    }

    private Nsqite open(String prefix) {
        return Nsqite.builder(file.dataSource()).tablePrefix(prefix).build();
    }

    @AfterEach
    void close() {
        jobs.close();
        events.close();
    }

    private static List<String> handledBy(Nsqite queue) {
        List<String> handled = new CopyOnWriteArrayList<>();
        queue.consume(
                CHANNEL.topic(),
                CHANNEL.channel(),
                delivery -> handled.add(new String(delivery.message().payload(), StandardCharsets.UTF_8)));
        return handled;
    }

    @Test
    void nothingInTheFileHasTheDefaultName() throws SQLException {
        List<String> names = file.rows("SELECT name FROM sqlite_master");
        assertThat(names)
                .contains("jobs_message", "jobs_message_last", "events_message_priority", "events_dead_letter")
                .noneMatch(name -> name.contains("nsqite"));
        assertThat(file.rows("SELECT sql FROM sqlite_master")).noneMatch(sql -> sql.contains("nsqite_"));
        assertThat(jobs.tablePrefix()).hasToString("jobs_");
    }

    @Test
    void eachHasItsOwnMessagesChannelsAndIds() {
        List<String> job = handledBy(jobs);
        List<String> event = handledBy(events);

        assertThat(jobs.producer().publish("orders", "a job")).isEqualTo(1);
        assertThat(events.producer().publish("orders", "an event")).isEqualTo(1);

        jobs.admin().awaitDrained(CHANNEL, QueueFile.LIMIT);
        events.admin().awaitDrained(CHANNEL, QueueFile.LIMIT);
        assertThat(job).containsExactly("a job");
        assertThat(event).containsExactly("an event");

        jobs.admin().rewind(CHANNEL, 1);
        QueueFile.await(() -> job.size() == 2);
        events.admin().delete(CHANNEL);
        assertThat(jobs.admin().channels()).hasSize(1);
        assertThat(events.admin().channels()).isEmpty();
        assertThat(event).hasSize(1);
    }

    @Test
    void aTransactionPublishesToBothAndEachGivesItsOwnIds() throws SQLException {
        for (int i = 0; i < 5; i++) {
            jobs.producer().publish("orders", "before");
        }
        List<Long> jobIds = new ArrayList<>();
        List<Long> eventIds = new ArrayList<>();
        try (SqliteConnection transaction = file.transaction()) {
            for (int i = 0; i < 3; i++) {
                jobIds.add(jobs.producer().publishTx(transaction, NewMessage.to("orders", "job")));
                eventIds.add(events.producer().publishTx(transaction, NewMessage.to("orders", "event")));
            }
            transaction.commit();
        }
        assertThat(jobIds).containsExactly(6L, 7L, 8L);
        assertThat(eventIds).containsExactly(1L, 2L, 3L);
        assertThat(file.rows("SELECT id FROM events_message")).containsExactly("1", "2", "3");
    }

    @Test
    void ownersWithTheSameIdLiveSideBySideAndOneThatEndsTakesNothingFromTheOther() throws Exception {
        assertThat(file.rows("SELECT j.id, e.id FROM jobs_owner j, events_owner e"))
                .containsExactly("1,1");
        assertThat(Files.exists(folder.resolve("app.db-nsqite.jobs_"))).isTrue();
        assertThat(Files.exists(folder.resolve("app.db-nsqite.events_"))).isTrue();
        assertThat(Files.exists(folder.resolve("app.db-nsqite"))).isFalse();
        Consumer serving = events.consume(CHANNEL.topic(), CHANNEL.channel(), delivery -> {});
        serving.awaitActive(QueueFile.LIMIT);

        jobs.close();

        try (Nsqite standby = open("events_")) {
            Consumer waiting = standby.consume(CHANNEL.topic(), CHANNEL.channel(), delivery -> {});
            assertThat(waiting.state()).isEqualTo(Consumer.State.STANDBY);
            assertThat(serving.state()).isEqualTo(Consumer.State.ACTIVE);
            events.close();
            waiting.awaitActive(QueueFile.LIMIT);
        }
    }

    @Test
    void deadLettersOfOneAreNotInTheOther() {
        jobs.consume(
                CHANNEL.topic(), CHANNEL.channel(), ConsumerOptions.defaults().withMaxAttempts(1), delivery -> {
                    throw new IllegalStateException("never");
                });
        List<String> event = handledBy(events);
        jobs.producer().publish("orders", "x");
        events.producer().publish("orders", "x");

        QueueFile.await(() -> jobs.admin().deadLetters(DeadLetterQuery.all()).size() == 1);
        QueueFile.await(() -> event.size() == 1);
        assertThat(events.admin().deadLetters(DeadLetterQuery.all())).isEmpty();
    }

    @Test
    void bothDeliverEverythingWhileBothAreBusy() {
        List<String> job = handledBy(jobs);
        List<String> event = handledBy(events);
        IntStream.range(0, MANY).parallel().forEach(i -> {
            jobs.producer().publish("orders", "job " + i);
            events.producer().publish(NewMessage.to("orders", "event " + i).withKey("k" + i % 3));
        });
        jobs.admin().awaitDrained(CHANNEL, QueueFile.LIMIT);
        events.admin().awaitDrained(CHANNEL, QueueFile.LIMIT);
        assertThat(job).hasSize(MANY).doesNotHaveDuplicates().allMatch(text -> text.startsWith("job"));
        assertThat(event).hasSize(MANY).doesNotHaveDuplicates().allMatch(text -> text.startsWith("event"));
    }
}
