package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static io.nsqite.QueueFile.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.KeyOrder;
import io.nsqite.message.NewMessage;
import io.nsqite.retry.ExponentialBackoff;
import io.nsqite.sqlite.SqliteConnection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An operator rewinds an ordered channel while it is found out what an owner that ended without order had in hand. */
@Timeout(40)
class ChangeWhileSuspectsAreFoundTests {

    private static final Duration LONG = Duration.ofHours(1);
    private static final ConsumerOptions ORDERED = ConsumerOptions.defaults()
            .withKeyOrder(KeyOrder.SKIP_DEAD)
            .withBackoff(new ExponentialBackoff(LONG, 1, LONG, 0));

    private static final String LOOK_AT_A_KEY = "AND message_key = ? AND state <> ?";
    private static final String READING_A_SUSPECT = "WHERE id = ? AND topic_id <> 0";

    @TempDir
    Path folder;

    private final List<String> handled = new CopyOnWriteArrayList<>();

    private static NewMessage keyed(String text) {
        return NewMessage.to("orders", text).withKey("k");
    }

    /** The first of a key waits for its retry, or is done; the second, and one without a key, may have been in hand. */
    private void leaveTwoInHand(QueueFile file, Handling handling) throws Exception {
        try (Nsqite nsqite = Nsqite.builder(file.dataSource()).build()) {
            Consumer consumer = nsqite.consume("orders", "mail", ORDERED, delivery -> handling.first());
            nsqite.producer().publish(keyed("first"));
            QueueFile.await(() -> file.rows("SELECT done_to FROM nsqite_cursor WHERE priority = 4")
                    .equals(List.of("1")));
            consumer.stop(LIMIT);
            nsqite.producer().publish(keyed("second"));
            nsqite.producer().publish("orders", "third");
        }
        file.execute("UPDATE nsqite_channel SET unclean = 1, in_hand = 5");
    }

    enum Handling {
        FAILS {
            @Override
            void first() {
                throw new IllegalStateException("no mail today");
            }
        },
        SUCCEEDS {
            @Override
            void first() {}
        };

        abstract void first();
    }

    @ParameterizedTest
    @EnumSource
    void theOrderOfTheKeyIsKept(Handling handling) throws Exception {
        AtomicInteger times = new AtomicInteger();
        try (FaultyDriver driver = FaultyDriver.open()) {
            QueueFile file = new QueueFile(folder);
            leaveTwoInHand(file, handling);
            String moment = handling == Handling.FAILS ? LOOK_AT_A_KEY : READING_A_SUSPECT;
            driver.failWith(1, sql -> sql.contains(moment) && times.getAndIncrement() == 0 && rewind(file));
            try (Nsqite nsqite = Nsqite.builder(file.dataSource()).build()) {
                nsqite.consume(
                        "orders",
                        "mail",
                        ORDERED,
                        delivery -> handled.add(new String(delivery.message().payload())));
                nsqite.admin().awaitDrained(CHANNEL, LIMIT);
            }
        }
        assertThat(times.get()).isPositive();
        assertThat(handled.stream().filter(text -> !text.equals("third"))).containsExactly("first", "second");
        assertThat(handled).contains("third");
    }

    /** By hand, as this thread has the reader. */
    private boolean rewind(QueueFile file) {
        try (SqliteConnection connection = file.transaction();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM nsqite_delivery WHERE state = 'due'");
            statement.executeUpdate("UPDATE nsqite_cursor SET done_to = 0");
            statement.executeUpdate("UPDATE nsqite_channel SET changes = changes + 1");
            connection.commit();
            return false;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
