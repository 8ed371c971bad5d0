package io.nsqite.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.model.Seeds;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random logs, cursors, rows and ages against the rule in plain words, for any store. The seed is in the name of a failure. */
@Timeout(60)
abstract class RetentionModelTests extends StoreTests {

    private static final int RUNS = 150;
    private static final long NOW = 1_000_000;
    private static final RetentionStore.KeepFrom KEEP_FROM = new RetentionStore.KeepFrom(NOW, 500_000, 800_000L);

    record Topic(long id, boolean hadChannel, long keptFrom) {}

    /** @param cursors by priority */
    record Channel(long id, long topicId, boolean deleted, long[] cursors, Set<Long> rows) {}

    record Stored(
            long id,
            long topicId,
            int priority,
            long publishedAt,
            @Nullable Long deliverAt) {}

    private final List<Channel> channels = new ArrayList<>();
    private final List<Stored> messages = new ArrayList<>();
    private final Map<Long, Boolean> topics = new HashMap<>();

    // ---- what is stored, each in a state that operations reach only together with others ----

    abstract void put(Topic topic) throws SQLException;

    /** With its cursors, but without its rows. */
    abstract void put(Channel channel) throws SQLException;

    abstract void put(Stored message) throws SQLException;

    abstract void putDone(Channel channel, long messageId) throws SQLException;

    abstract void putDead(Channel channel, long messageId) throws SQLException;

    /** The ids of all messages. */
    abstract List<Long> kept() throws SQLException;

    // ---- the test ----

    @Test
    void whatMayGoGoesAndNothingElse() throws Exception {
        transaction.commit();
        Seeds.once(seed -> {
            for (int run = 0; run < RUNS; run++) {
                fill(new Random(seed + run));
                sweepAll();
                assertThat(kept()).as("run %d", run).containsExactlyElementsOf(mustStay());
                transaction.rollback();
            }
        });
    }

    private void fill(Random random) throws SQLException {
        channels.clear();
        messages.clear();
        topics.clear();
        int count = 1 + random.nextInt(60);
        for (long topicId = 1; topicId <= 3; topicId++) {
            fillTopic(random, topicId, count);
        }
        long time = 0;
        for (int id = 1; id <= count; id++) {
            time += random.nextInt(2 * (int) NOW / count);
            append(random, id, Math.min(time, NOW));
        }
        for (Channel channel : channels) {
            putRows(random, channel, count);
        }
    }

    private void fillTopic(Random random, long topicId, int count) throws SQLException {
        int number = random.nextInt(4);
        Topic topic = new Topic(topicId, number > 0 || random.nextBoolean(), random.nextInt(count));
        topics.put(topicId, topic.hadChannel());
        put(topic);
        for (int i = 0; i < number; i++) {
            Channel channel = new Channel(
                    topicId * 10 + i, topicId, random.nextInt(4) == 0, cursors(random, count), new HashSet<>());
            channels.add(channel);
            put(channel);
        }
    }

    private static long[] cursors(Random random, int count) {
        return LongStream.generate(() -> Math.max(0, count - random.nextInt(count + 1) * random.nextInt(2)))
                .limit(ChannelStore.PRIORITIES)
                .toArray();
    }

    private void append(Random random, long id, long time) throws SQLException {
        boolean clockAhead = random.nextInt(20) == 0;
        Stored message = new Stored(
                id,
                1 + random.nextInt(3),
                random.nextBoolean() ? PRIORITY : random.nextInt(ChannelStore.PRIORITIES),
                clockAhead ? NOW + 1 + random.nextInt(1000) : time,
                random.nextInt(5) == 0 ? Long.valueOf(random.nextInt(2 * (int) NOW)) : null);
        messages.add(message);
        put(message);
    }

    private void putRows(Random random, Channel channel, int count) throws SQLException {
        for (long id = 1; id <= count; id++) {
            int kind = random.nextInt(20);
            if (kind > 1) {
                continue;
            }
            channel.rows().add(id);
            if (kind == 0) {
                putDone(channel, id);
            } else {
                putDead(channel, id);
            }
        }
    }

    private void sweepAll() throws SQLException {
        for (long topicId : topics.keySet()) {
            store.retention().startOver(transaction, topicId);
            while (store.retention().deleteSome(transaction, topicId, KEEP_FROM)) {
                assertThat(topicId).isPositive();
            }
        }
    }

    /** The rule. */
    private Set<Long> mustStay() {
        Set<Long> stay = new TreeSet<>();
        for (Stored message : messages) {
            if (isNeeded(message) || !isOld(message)) {
                stay.add(message.id());
            }
        }
        return stay;
    }

    private boolean isNeeded(Stored message) {
        return channels.stream()
                .filter(channel -> channel.topicId() == message.topicId() && !channel.deleted())
                .anyMatch(channel -> channel.cursors()[message.priority()] < message.id()
                        || channel.rows().contains(message.id()));
    }

    private boolean isOld(Stored message) {
        long keepFrom = Boolean.TRUE.equals(topics.get(message.topicId())) ? 500_000 : 800_000;
        long time = message.deliverAt() == null
                ? message.publishedAt()
                : Math.max(message.publishedAt(), message.deliverAt());
        return time < keepFrom;
    }
}
