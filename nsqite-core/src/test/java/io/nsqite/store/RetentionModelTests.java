package io.nsqite.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.jdbc.Sql;
import io.nsqite.schema.Schema;
import io.nsqite.sqlite.SqliteDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Random logs, cursors, rows and ages against the rule in plain words. The seed is in the name of a failure. */
@Timeout(60)
class RetentionModelTests {

    private static final int RUNS = 150;
    private static final long NOW = 1_000_000;
    private static final RetentionStore.KeepFrom KEEP_FROM = new RetentionStore.KeepFrom(NOW, 500_000, 800_000L);

    private record Channel(long id, long topicId, boolean deleted, long[] cursors, Set<Long> rows) {}

    private record Stored(
            long id,
            long topicId,
            int priority,
            long publishedAt,
            @Nullable Long deliverAt) {}

    private final QueueStore store = QueueStore.sqlite();
    private final List<Channel> channels = new ArrayList<>();
    private final List<Stored> messages = new ArrayList<>();
    private final Map<Long, Boolean> topics = new HashMap<>();

    @Test
    void whatMayGoGoesAndNothingElse(@TempDir Path folder) throws Exception {
        long seed = Long.getLong("nsqite.seed", System.nanoTime());
        try (Connection connection = SqliteDataSource.forUrl("jdbc:sqlite:" + folder.resolve("app.db"))
                .getConnection()) {
            connection.setAutoCommit(false);
            Schema.initialize(connection);
            for (int run = 0; run < RUNS; run++) {
                fill(connection, new Random(seed + run));
                sweepAll(connection);
                assertThat(kept(connection)).as("-Dnsqite.seed=%d", seed + run).containsExactlyElementsOf(mustStay());
                connection.rollback();
            }
        }
    }

    private void fill(Connection connection, Random random) throws SQLException {
        channels.clear();
        messages.clear();
        topics.clear();
        int count = 1 + random.nextInt(60);
        for (long topicId = 1; topicId <= 3; topicId++) {
            fillTopic(connection, random, topicId, count);
        }
        long time = 0;
        for (int id = 1; id <= count; id++) {
            time += random.nextInt(2 * (int) NOW / count);
            append(connection, random, id, Math.min(time, NOW));
        }
        for (Channel channel : channels) {
            putRows(connection, random, channel, count);
        }
    }

    private void fillTopic(Connection connection, Random random, long topicId, int count) throws SQLException {
        int number = random.nextInt(4);
        boolean hadChannel = number > 0 || random.nextBoolean();
        topics.put(topicId, hadChannel);
        execute(
                connection,
                "INSERT INTO nsqite_topic (id, name, had_channel, kept_from) VALUES (%d, 'topic-%d', %d, %d)"
                        .formatted(topicId, topicId, hadChannel ? 1 : 0, random.nextInt(count)));
        for (int i = 0; i < number; i++) {
            Channel channel = new Channel(
                    topicId * 10 + i,
                    topicId,
                    random.nextInt(4) == 0,
                    new long[ChannelStore.PRIORITIES],
                    new HashSet<>());
            channels.add(channel);
            execute(
                    connection,
                    "INSERT INTO nsqite_channel (id, topic_id, name, deleted) VALUES (%d, %d, 'channel-%d', %d)"
                            .formatted(channel.id(), topicId, i, channel.deleted() ? 1 : 0));
            for (int priority = 0; priority < ChannelStore.PRIORITIES; priority++) {
                long doneTo = Math.max(0, count - random.nextInt(count + 1) * random.nextInt(2));
                channel.cursors()[priority] = doneTo;
                execute(
                        connection,
                        "INSERT INTO nsqite_cursor VALUES (%d, %d, %d)".formatted(channel.id(), priority, doneTo));
            }
        }
    }

    private void append(Connection connection, Random random, long id, long time) throws SQLException {
        boolean clockAhead = random.nextInt(20) == 0;
        Stored message = new Stored(
                id,
                1 + random.nextInt(3),
                random.nextBoolean() ? 4 : random.nextInt(ChannelStore.PRIORITIES),
                clockAhead ? NOW + 1 + random.nextInt(1000) : time,
                random.nextInt(5) == 0 ? Long.valueOf(random.nextInt(2 * (int) NOW)) : null);
        messages.add(message);
        execute(
                connection,
                "INSERT INTO nsqite_message (id, topic_id, priority, published_at, deliver_at, payload) VALUES (%d, %d, %d, %d, %s, x'01')"
                        .formatted(
                                id, message.topicId(), message.priority(), message.publishedAt(), message.deliverAt()));
    }

    private static void putRows(Connection connection, Random random, Channel channel, int count) throws SQLException {
        for (long id = 1; id <= count; id++) {
            int kind = random.nextInt(20);
            if (kind < 2) {
                channel.rows().add(id);
                execute(
                        connection,
                        kind == 0
                                ? "INSERT INTO nsqite_done VALUES (%d, %d)".formatted(channel.id(), id)
                                : "INSERT INTO nsqite_delivery (channel_id, message_id, priority, state) VALUES (%d, %d, 4, 'dead')"
                                        .formatted(channel.id(), id));
            }
        }
    }

    private void sweepAll(Connection connection) throws SQLException {
        for (long topicId : topics.keySet()) {
            store.retention().startOver(connection, topicId);
            while (store.retention().deleteSome(connection, topicId, KEEP_FROM)) {
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

    private static List<Long> kept(Connection connection) throws SQLException {
        return Sql.of("SELECT id FROM nsqite_message WHERE topic_id <> 0 ORDER BY id")
                .list(connection, row -> row.getLong(1));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
