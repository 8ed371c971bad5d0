package io.nsqite.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.consumer.Consumer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** As test suites do between their tests. */
class EmptiedTablesTests extends ProcessTest {

    private final List<String> handled = new CopyOnWriteArrayList<>();
    private Nsqite nsqite;
    private Consumer consumer;
    private Connection connection;

    @BeforeEach
    void handleSome() throws Exception {
        nsqite = queue();
        consumer = nsqite.consume(
                TOPIC,
                CHANNEL,
                delivery -> handled.add(new String(delivery.message().payload())));
        publish(nsqite, 10);
        nsqite.admin().awaitDrained(NAME, LIMIT);
        handled.clear();
        connection = raw();
    }

    private void emptyAllTables() throws Exception {
        List<String> tables = List.of("message", "delivery", "done", "cursor", "channel", "topic", "owner");
        execute(
                connection,
                tables.stream().map(table -> "DELETE FROM nsqite_" + table).toArray(String[]::new));
    }

    @Test
    void theQueueGoesOnWithNewMessagesWhenTheLogIsEmptied() throws Exception {
        execute(connection, "DELETE FROM nsqite_message");
        untilSomebodyLookedAround(connection);

        long id = nsqite.producer().publish(TOPIC, "after");

        assertThat(id).as("ids are never given again").isGreaterThan(10);
        until(() -> handled.contains("after"));
        nsqite.admin().awaitDrained(NAME, LIMIT);
        assertThat(handled).containsExactly("after");
        assertThat(consumer.state()).isEqualTo(Consumer.State.ACTIVE);
    }

    @Test
    void theQueueGoesOnWithNewMessagesWhenAllTablesAreEmptied() throws Exception {
        long owner = owners(connection).get(0);
        emptyAllTables();
        untilServedByAnotherThan(owner);

        nsqite.producer().publish(TOPIC, "after");

        until(() -> handled.contains("after"));
        nsqite.admin().awaitDrained(NAME, LIMIT);
        assertThat(handled).containsExactly("after");
        assertThat(owners(connection)).hasSize(1);
    }

    @Test
    void aMessagePublishedRightAfterTheLogWasEmptiedIsNotLost() throws Exception {
        for (int round = 0; round < 10; round++) {
            String payload = "after-" + round;
            execute(connection, "DELETE FROM nsqite_message");
            nsqite.producer().publish(TOPIC, payload);
            until(() -> handled.contains(payload));
            publish(nsqite, 3);
            nsqite.admin().awaitDrained(NAME, LIMIT);
        }
    }

    @Test
    void aMessagePublishedRightAfterAllTablesWereEmptiedIsNotLost() throws Exception {
        for (int round = 0; round < 10; round++) {
            String payload = "after-" + round;
            emptyAllTables();
            nsqite.producer().publish(TOPIC, payload);
            until(() -> handled.contains(payload));
            publish(nsqite, 3);
            until(() -> nsqite.admin().channels().stream().allMatch(status -> status.isDrained()));
        }
    }

    @Test
    void aMessagePublishedRightAfterReachesAConsumerInAnotherProcess() throws Exception {
        nsqite.consumers().stopAll(LIMIT);
        Child child = child("child");
        until(() -> !servedBy(connection).isEmpty());
        for (int round = 0; round < 5; round++) {
            emptyAllTables();
            long id = nsqite.producer().publish(TOPIC, "after-" + round);
            until(() -> handled().ids().contains(id));
        }
        child.stop();
    }

    @Test
    void aTopicThatWasDeletedIsBackBeforeAnybodyNewAsksForIt() throws Exception {
        nsqite.consumers().stopAll(LIMIT);
        List<Long> before = longs(connection, "SELECT id FROM nsqite_topic");
        emptyAllTables();
        long id = nsqite.producer().publish(TOPIC, "after");
        until(() -> longs(connection, "SELECT id FROM nsqite_topic").equals(before));

        Child later = child("later");
        until(() -> handled().ids().contains(id));
        later.stop();
    }

    @Test
    void anOlderStateRestoredIntoTheFileIsGoneOnFrom() throws Exception {
        Path backup = folder.resolve("backup.db");
        execute(connection, "VACUUM INTO '%s'".formatted(backup));
        publish(nsqite, 20);
        nsqite.admin().awaitDrained(NAME, LIMIT);
        long owner = owners(connection).get(0);

        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("restore from '%s'".formatted(backup));
        }
        long id = nsqite.producer().publish(TOPIC, "after");

        assertThat(id).isEqualTo(11);
        until(() -> handled.contains("after"));
        untilLogged("an older state was restored");
        untilServedByAnotherThan(owner);
        nsqite.admin().awaitDrained(NAME, LIMIT);
    }

    private void untilServedByAnotherThan(long owner) {
        until(() -> {
            List<Long> now = servedBy(connection);
            return !now.isEmpty() && now.get(0) != owner;
        });
    }
}
