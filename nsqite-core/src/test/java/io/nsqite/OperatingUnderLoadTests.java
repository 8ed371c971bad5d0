package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static io.nsqite.QueueFile.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.message.Delivery;
import io.nsqite.message.NewMessage;
import io.nsqite.retry.ExponentialBackoff;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An operator works while handlers fail and succeed side by side. */
@Timeout(60)
class OperatingUnderLoadTests {

    private static final int ROUNDS = 60;
    private static final ConsumerOptions OPTIONS = ConsumerOptions.defaults()
            .withConcurrency(6)
            .withMaxAttempts(0)
            .withBackoff(new ExponentialBackoff(Duration.ofMillis(1), 1, Duration.ofMillis(1), 0));

    @TempDir
    Path folder;

    private final Map<Long, Integer> handled = new ConcurrentHashMap<>();
    private final Set<Long> inHand = ConcurrentHashMap.newKeySet();
    private final List<Long> twiceAtATime = new CopyOnWriteArrayList<>();
    private volatile boolean failing = true;
    private QueueFile file;
    private Nsqite nsqite;
    private QueueAdmin admin;

    @BeforeEach
    void open() {
        file = new QueueFile(folder);
        nsqite = Nsqite.builder(file.dataSource()).build();
        admin = nsqite.admin();
        nsqite.consume("orders", "mail", OPTIONS, this::handle);
    }

    @AfterEach
    void close() {
        nsqite.close();
    }

    private void handle(Delivery delivery) {
        long id = delivery.message().id();
        if (!inHand.add(id)) {
            twiceAtATime.add(id);
        }
        try {
            if (failing && ThreadLocalRandom.current().nextInt(3) > 0) {
                throw new IllegalStateException("told to fail");
            }
            handled.merge(id, 1, Integer::sum);
        } finally {
            inHand.remove(id);
        }
    }

    private List<Long> publish(int count) {
        return nsqite.producer()
                .publish(LongStream.range(0, count)
                        .mapToObj(number -> NewMessage.to("orders", "message-" + number))
                        .toList());
    }

    private void assertNothingIsLeft() throws Exception {
        assertThat(file.rows("SELECT message_id, state FROM nsqite_delivery")).isEmpty();
        assertThat(file.rows("SELECT message_id FROM nsqite_done")).isEmpty();
        assertThat(twiceAtATime).isEmpty();
    }

    @Test
    void rewindsLoseNothingAndHandOutNothingThatIsBeingHandled() throws Exception {
        List<Long> published = new ArrayList<>(publish(200));
        for (int round = 0; round < ROUNDS; round++) {
            admin.rewind(CHANNEL, 1);
            published.addAll(publish(2));
        }
        failing = false;
        admin.awaitDrained(CHANNEL, LIMIT);
        assertThat(handled.keySet()).containsExactlyInAnyOrderElementsOf(published);
        assertThat(handled.values().stream().mapToInt(Integer::intValue).sum())
                .as("a message is handled once more per rewind at the most")
                .isLessThanOrEqualTo(published.size() * (ROUNDS + 1));
        assertNothingIsLeft();
    }

    @Test
    void purgesLeaveNothingBehind() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            publish(20);
            admin.purge(CHANNEL);
        }
        failing = false;
        List<Long> last = publish(20);
        admin.awaitDrained(CHANNEL, LIMIT);
        assertThat(handled).containsKeys(last.toArray(Long[]::new));
        assertNothingIsLeft();
    }

    @Test
    void pausesAndResumesLoseNothing() throws Exception {
        failing = false;
        List<Long> published = new ArrayList<>(publish(50));
        for (int round = 0; round < ROUNDS; round++) {
            admin.pause(CHANNEL);
            published.addAll(publish(20));
            admin.resume(CHANNEL);
        }
        admin.awaitDrained(CHANNEL, LIMIT);
        assertThat(handled).containsOnlyKeys(published.toArray(Long[]::new));
        assertThat(handled.values()).as("nothing was moved").containsOnly(1);
        assertNothingIsLeft();
    }
}
