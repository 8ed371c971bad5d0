package io.nsqite.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
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
 * Two processes ask for the messages of a channel; the one that serves it is killed again and again at random moments, as by kill -9. How
 * often is said by {@code -Dnsqite.test.kills=N}.
 */
@Timeout(1200)
class KilledAskingTests extends ProcessTest {

    private static final int KILLS = Integer.getInteger("nsqite.test.kills", 2);
    private static final int MESSAGES_PER_KILL = 150;

    private Nsqite nsqite;
    private Connection connection;
    private long published;
    private long sum;

    @Test
    void whoKeepsTheIdsOfWhatItHasHadCountsWhatItPullsExactly() {
        Seeds.once(seed -> {
            killAtRandomMoments("pull", "SELECT count(*) FROM tallied", new Random(seed));
            assertThat(longs(connection, "SELECT sum(number) FROM tallied")).containsExactly(sum);
            assertThat(longs(connection, "SELECT count(*) FROM tallied")).containsExactly(published);
            assertThat(longs(connection, "SELECT sum(times - 1) FROM tallied").get(0))
                    .as("whatever was answered did not come again")
                    .isLessThanOrEqualTo(KILLS);
            assertThat(longs(connection, "SELECT message_id FROM nsqite_delivery"))
                    .isEmpty();
        });
    }

    @Test
    void whoKeepsItsPositionCountsWhatItReadsInTheLogExactlyAndInOrder() {
        Seeds.once(seed -> {
            killAtRandomMoments("read", "SELECT times FROM tally", new Random(seed));
            assertThat(longs(connection, "SELECT total FROM tally")).containsExactly(sum);
            assertThat(longs(connection, "SELECT times FROM tally")).containsExactly(published);
            assertThat(longs(connection, "SELECT DISTINCT done_to FROM nsqite_cursor"))
                    .isEqualTo(longs(connection, "SELECT position FROM tally"));
        });
    }

    private void killAtRandomMoments(String face, String tallied, Random random) throws Exception {
        nsqite = queue();
        connection = raw();
        execute(connection, Tallying.TABLES);
        List<Child> children = new ArrayList<>(List.of(tallying(face, 0), tallying(face, 1)));
        for (int kill = 1; kill <= KILLS; kill++) {
            publish(random);
            long before = longs(connection, tallied).get(0);
            long target = Math.min(published, before + 1 + random.nextInt(MESSAGES_PER_KILL / 2));
            until(() -> longs(connection, tallied).get(0) >= target);
            int victim = children.get(0).count("@serves") > 0 ? 0 : 1;
            children.get(victim).kill();
            assertThat(longs(
                            connection,
                            "SELECT done_to FROM nsqite_cursor, tally WHERE position > 0 AND done_to > position"))
                    .as("committed without having been tallied")
                    .isEmpty();
            children.set(victim, tallying(face, kill + 1));
        }
        nsqite.admin().awaitDrained(NAME, LIMIT);
        for (Child child : children) {
            child.stop();
        }
    }

    private Child tallying(String face, int number) throws Exception {
        Child child = launch("child-" + number, "serve=no");
        child.send("tally " + face);
        return child;
    }

    private void publish(Random random) {
        List<Long> numbers = LongStream.generate(() -> random.nextInt(1000))
                .limit(MESSAGES_PER_KILL)
                .boxed()
                .toList();
        nsqite.producer()
                .publish(numbers.stream()
                        .map(number -> NewMessage.to(TOPIC, Long.toString(number)))
                        .toList());
        published += numbers.size();
        sum += numbers.stream().mapToLong(Long::longValue).sum();
    }
}
