package io.nsqite.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.NsqiteOptions;
import io.nsqite.consumer.ConsumerOptions;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator moves a channel back by hand, while its owner is at work. */
class RewindTests extends ProcessTest {

    private static final String REWIND = "UPDATE nsqite_cursor SET done_to = 0";
    private static final String RAISE = "UPDATE nsqite_channel SET changes = changes + 1";
    private static final String PAUSE =
            "UPDATE nsqite_channel SET paused = 1 WHERE topic_id = (SELECT id FROM nsqite_topic WHERE name = 'orders')";

    private final Map<Long, Integer> handled = new ConcurrentHashMap<>();
    private final CountDownLatch holds = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private Connection connection;

    @BeforeEach
    void connect() throws Exception {
        queue().close();
        connection = raw();
    }

    private Nsqite consuming(NsqiteOptions options) {
        Nsqite nsqite = queue(options.withLease(NO_LEASE));
        nsqite.consume(TOPIC, CHANNEL, ConsumerOptions.defaults().withConcurrency(3), delivery -> {
            if (new String(delivery.message().payload()).equals("hold")) {
                holds.countDown();
                go.await();
            }
            handled.merge(delivery.message().id(), 1, Integer::sum);
        });
        return nsqite;
    }

    private List<Long> cursor() {
        return longs(connection, "SELECT done_to FROM nsqite_cursor WHERE priority = 4");
    }

    @Test
    void anIdleOwnerNoticesAndHandsOutAllAgain() throws Exception {
        Nsqite nsqite = consuming(NsqiteOptions.defaults());
        List<Long> published = publish(nsqite, 100);
        until(() -> cursor().equals(List.of(100L)));

        execute(connection, REWIND, RAISE);

        until(() -> published.stream().allMatch(id -> handled.get(id) == 2));
        until(() -> cursor().equals(List.of(100L)));
        nsqite.close();
        assertThat(handled.values()).containsOnly(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {RAISE, "SELECT 'the counter forgotten'"})
    void theNextSettlingDoesNotOverwriteIt(String raise) throws Exception {
        // nobody looks, so it is the settling that meets the change
        Nsqite nsqite = consuming(NsqiteOptions.defaults().withPollIntervals(Duration.ofHours(1), Duration.ofHours(1)));
        List<Long> published = publish(nsqite, 100);
        long held = nsqite.producer().publish(TOPIC, "hold");
        holds.await();
        until(() -> cursor().equals(List.of(100L)));

        execute(connection, REWIND, raise.startsWith("SELECT") ? "UPDATE nsqite_topic SET had_channel = 1" : raise);
        go.countDown();

        until(() -> published.stream().allMatch(id -> handled.get(id) == 2));
        until(() -> cursor().equals(List.of(held)));
        nsqite.close();
        assertThat(handled).containsEntry(held, 1);
        assertThat(longs(connection, "SELECT message_id FROM nsqite_done")).isEmpty();
    }

    @Test
    void aPauseByHandIsObeyedAtTheNextSettling() throws Exception {
        Nsqite nsqite = consuming(NsqiteOptions.defaults().withPollIntervals(Duration.ofHours(1), Duration.ofHours(1)));
        CountDownLatch elsewhere = new CountDownLatch(1);
        nsqite.consume("other", CHANNEL, delivery -> elsewhere.countDown());
        long held = nsqite.producer().publish(TOPIC, "hold");
        holds.await();

        execute(connection, PAUSE, RAISE);
        go.countDown();
        nsqite.admin().awaitDrained(NAME, LIMIT);
        publish(nsqite, 50);
        nsqite.producer().publish("other", "x");
        elsewhere.await();

        assertThat(handled).containsOnlyKeys(held);
        assertThat(status(nsqite).paused()).isTrue();
        assertThat(status(nsqite).waiting()).isEqualTo(50);
    }

    @Test
    void rewindsWhileMessagesPassByLoseNoneOfThem() throws Exception {
        Nsqite nsqite = consuming(NsqiteOptions.defaults());
        List<Long> published = publish(nsqite, 500);
        for (int round = 0; round < 20; round++) {
            execute(connection, REWIND, RAISE);
            published = publish(nsqite, 50);
        }
        long last = published.get(49);
        until(() -> cursor().equals(List.of(last)));
        nsqite.close();
        assertThat(handled).hasSize(1500);
        assertThat(longs(connection, "SELECT message_id FROM nsqite_done")).isEmpty();
    }
}
