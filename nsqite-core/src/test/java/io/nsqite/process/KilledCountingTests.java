package io.nsqite.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.message.NewMessage;
import io.nsqite.model.Seeds;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two processes share the channels; whichever serves them is killed again and again at random moments, as by kill -9. How often
 * is said by {@code -Dnsqite.test.kills=N}.
 */
class KilledCountingTests extends ProcessTest {

    private static final int KILLS = Integer.getInteger("nsqite.test.kills", 5);
    private static final int MESSAGES_PER_KILL = 400;
    private static final List<String> CHANNELS = List.of("plain", "ordered");
    private static final int KEYS = 20;

    private long published;
    private long sum;

    @Test
    @Timeout(1200)
    void countersInTheSameDatabaseAreExactThoughProcessesAreKilledAtRandomMoments() {
        Seeds.once(this::killAtRandomMoments);
    }

    private void killAtRandomMoments(long seed) throws Exception {
        Random random = new Random(seed);
        Nsqite nsqite = queue();
        Connection connection = raw();
        prepare(nsqite, connection);
        List<Child> children = new ArrayList<>(List.of(counter(0), counter(1)));
        for (int kill = 1; kill <= KILLS; kill++) {
            if (2 * published - handled(connection) < MESSAGES_PER_KILL) {
                publish(nsqite, random);
            }
            long target = handled(connection) + random.nextInt(2 * MESSAGES_PER_KILL / 3);
            until(() -> handled(connection) >= Math.min(target, 2 * published));
            int victim = serving(children, CHANNELS.get(random.nextInt(CHANNELS.size())));
            children.get(victim).kill();
            children.set(victim, counter(kill + 1));
        }
        nsqite.admin().awaitDrained(LIMIT);
        assertThat(longs(connection, "SELECT times FROM counter")).containsOnly(published);
        assertThat(longs(connection, "SELECT total FROM counter")).containsOnly(sum);
        assertThat(longs(connection, "SELECT message_id FROM nsqite_delivery")).isEmpty();
        // what a handler's transaction has acknowledged counts as done before the position follows
        until(() -> longs(connection, "SELECT message_id FROM nsqite_done").isEmpty());
        for (Child child : children) {
            child.stop();
        }
    }

    private void prepare(Nsqite nsqite, Connection connection) throws Exception {
        execute(connection, Counting.TABLE);
        for (String channel : CHANNELS) {
            execute(connection, "INSERT INTO counter VALUES ('%s', 0, 0)".formatted(channel));
            // created before anything is published, and served by the children only
            Consumer consumer = nsqite.consume(TOPIC, channel, ConsumerOptions.defaults(), delivery -> {});
            nsqite.consumers().unregister(consumer, LIMIT);
        }
    }

    private Child counter(int number) throws Exception {
        Child child = launch("child-" + number, "serve=no", "concurrency=3");
        CHANNELS.forEach(channel -> child.send("count " + channel + " " + channel));
        return child;
    }

    private void publish(Nsqite nsqite, Random random) {
        List<Long> numbers = LongStream.generate(() -> random.nextInt(1000))
                .limit(MESSAGES_PER_KILL)
                .boxed()
                .toList();
        nsqite.producer()
                .publish(numbers.stream()
                        .map(number ->
                                NewMessage.to(TOPIC, Long.toString(number)).withKey("key-" + number % KEYS))
                        .toList());
        published += numbers.size();
        sum += numbers.stream().mapToLong(Long::longValue).sum();
    }

    private static long handled(Connection connection) {
        return longs(connection, "SELECT sum(times) FROM counter").get(0);
    }

    /** Which of them serves a channel. */
    private static int serving(List<Child> children, String channel) {
        until(() -> children.stream().anyMatch(child -> child.count("@serves " + channel) > 0));
        return children.get(0).count("@serves " + channel) > 0 ? 0 : 1;
    }
}
