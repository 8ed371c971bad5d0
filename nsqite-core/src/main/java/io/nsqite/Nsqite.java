package io.nsqite;

import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.Consumers;
import io.nsqite.consumer.MessageHandler;
import io.nsqite.consumer.Subscription;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.producer.Producer;
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

    /**
     * Stops the consumers, waits for running handlers as long as {@link NsqiteOptions#stopTimeout()} says, settles what
     * they did, gives the channels back and closes the queue's own connections. The data source stays open.
     */
    @Override
    void close();
}
