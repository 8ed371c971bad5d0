package io.nsqite;

import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.Consumers;
import io.nsqite.consumer.MessageHandler;
import io.nsqite.consumer.Subscription;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.producer.Producer;
import io.nsqite.pull.LogReader;
import io.nsqite.pull.PullConsumer;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;

/**
 * A durable queue in a SQLite database, for programs without Spring.
 *
 * <pre>{@code
 * DataSource dataSource = SqliteDataSource.forUrl("jdbc:sqlite:app.db");
 * try (Nsqite nsqite = Nsqite.builder(dataSource).build()) {
 *     nsqite.consume("orders", "mail", delivery -> send(delivery.message().payload()));
 *     nsqite.producer().publish("orders", "hello");
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads. One per database and process is enough.
 */
public interface Nsqite extends AutoCloseable {

    /** Begins to build a queue in the database of this data source. */
    static NsqiteBuilder builder(DataSource dataSource) {
        return new NsqiteBuilder(dataSource);
    }

    /** Publishes. */
    Producer producer();

    /** All consumers of this queue. */
    Consumers consumers();

    /** Looks at the queue and operates it. */
    QueueAdmin admin();

    /**
     * Whether the queue can work: whether the database takes what is written to it and can be read. Asks nobody and never waits; the
     * queue knows from what it does anyway. A database that has refused a write is tried once a second until it takes one.
     */
    Condition condition();

    /** What the names of the queue's tables begin with, for those who look into them. */
    TablePrefix tablePrefix();

    /** The file of its database, with all links resolved. */
    Path file();

    /** Registers a handler for a channel, with default options, and starts it. */
    default Consumer consume(String topic, String channel, MessageHandler handler) {
        return consume(topic, channel, ConsumerOptions.defaults(), handler);
    }

    /** Registers a handler for a channel and starts it. */
    default Consumer consume(String topic, String channel, ConsumerOptions options, MessageHandler handler) {
        Consumer consumer = consumers()
                .register(List.of(new Subscription(topic, channel, options, handler)))
                .get(0);
        consumer.start();
        return consumer;
    }

    /** As {@link #pull(String, String, ConsumerOptions)}, with default options. */
    default PullConsumer pull(String topic, String channel) {
        return pull(topic, channel, ConsumerOptions.defaults());
    }

    /**
     * Begins to serve a channel whose messages are received by hand; see {@link PullConsumer}. Creates the channel if there is none.
     *
     * @param options of which attempts, backoff, start and order of keys count; concurrency, batch size, acknowledgement and lease don't, as
     *     each call of receive says how many and how long
     * @throws IllegalArgumentException if the channel has a consumer in this process already, or the options have a transaction
     */
    PullConsumer pull(String topic, String channel, ConsumerOptions options);

    /**
     * Begins to read a topic as a log for a group; see {@link LogReader}. Creates the group, which is a channel, if there is none.
     *
     * @throws IllegalArgumentException if the group has a consumer in this process already
     */
    LogReader log(String topic, String group);

    /**
     * Stops the consumers, waits for running handlers as long as {@link NsqiteOptions#stopTimeout()} says, settles what
     * they did, gives the channels back and closes the queue's own connections. The data source stays open.
     */
    @Override
    void close();
}
