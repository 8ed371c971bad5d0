package io.nsqite.benchmarks.queue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.nsqite.Nsqite;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.admin.TopicStatus;
import io.nsqite.benchmarks.harness.Level;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.MessageHandler;
import io.nsqite.consumer.Subscription;
import io.nsqite.producer.Producer;
import io.nsqite.sqlite.SqliteDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** A queue with a pool beside it, as a program without Spring has them. */
public final class CoreQueue implements AutoCloseable {

    /** How long anything may take before a trial is given up. */
    public static final Duration LIMIT = Duration.ofMinutes(2);

    private static final Duration ACTIVATION_LIMIT = Duration.ofSeconds(30);

    private final HikariDataSource pool;
    private final Nsqite nsqite;

    private CoreQueue(HikariDataSource pool) {
        this.pool = pool;
        nsqite = Nsqite.builder(pool).build();
    }

    /** Opens a database, which is created if there is none. */
    public static CoreQueue open(Path database, Level level) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(SqliteDataSource.forUrl("jdbc:sqlite:%s?synchronous=%s".formatted(database, level)));
        config.setMaximumPoolSize(16);
        config.setMinimumIdle(1);
        config.setAutoCommit(false);
        return new CoreQueue(new HikariDataSource(config));
    }

    /** Publishes. */
    public Producer producer() {
        return nsqite.producer();
    }

    /** Operates. */
    public QueueAdmin admin() {
        return nsqite.admin();
    }

    /** A connection of the application, with a transaction that begins at its first statement. */
    public Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /** Runs a statement in a transaction of its own. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
            connection.commit();
        }
    }

    /** How many messages of a topic there are. */
    public long messages(String topic) {
        return nsqite.admin().topics().stream()
                .filter(status -> status.topic().equals(topic))
                .mapToLong(TopicStatus::messages)
                .sum();
    }

    /** Serves a channel from now on; it is served when this returns. */
    public Consumer consume(ChannelName channel, ConsumerOptions options, MessageHandler handler) {
        Consumer consumer = nsqite.consume(channel.topic(), channel.channel(), options, handler);
        if (!consumer.awaitActive(ACTIVATION_LIMIT)) {
            throw new IllegalStateException("Nobody else uses the database, but %s is not served".formatted(channel));
        }
        return consumer;
    }

    /** Creates channels that are not served before their consumers are started. */
    public List<Consumer> register(List<ChannelName> channels, MessageHandler handler) {
        return nsqite.consumers()
                .register(channels.stream()
                        .map(channel -> new Subscription(
                                channel.topic(), channel.channel(), ConsumerOptions.defaults(), handler))
                        .toList());
    }

    /** What a channel has before it. */
    public ChannelStatus status(ChannelName channel) {
        return admin().channels().stream()
                .filter(status -> status.name().equals(channel))
                .findFirst()
                .orElseThrow();
    }

    /** Waits until all that was published is acknowledged. */
    public void awaitDrained(ChannelName channel) {
        nsqite.admin().awaitDrained(channel, LIMIT);
    }

    @Override
    public void close() {
        nsqite.close();
        pool.close();
    }
}
