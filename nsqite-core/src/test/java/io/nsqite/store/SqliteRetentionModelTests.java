package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class SqliteRetentionModelTests extends RetentionModelTests {

    private static final Sql TOPIC =
            Sql.of("INSERT INTO nsqite_topic (id, name, had_channel, kept_from) VALUES (?1, 'topic-' || ?1, ?2, ?3)");

    private static final Sql CHANNEL =
            Sql.of("INSERT INTO nsqite_channel (id, topic_id, name, deleted) VALUES (?1, ?2, 'channel-' || ?1, ?3)");

    private static final Sql CURSOR = Sql.of("INSERT INTO nsqite_cursor VALUES (?, ?, ?)");

    private static final Sql MESSAGE = Sql.of("""
            INSERT INTO nsqite_message (id, topic_id, priority, published_at, deliver_at, payload)
            VALUES (?, ?, ?, ?, ?, x'01')""");

    private static final Sql DONE = Sql.of("INSERT INTO nsqite_done VALUES (?, ?)");

    private static final Sql DEAD = Sql.of("""
            INSERT INTO nsqite_delivery (channel_id, message_id, priority, state) VALUES (?, ?, 4, 'dead')""");

    private static final Sql KEPT = Sql.of("SELECT id FROM nsqite_message WHERE topic_id <> 0 ORDER BY id");

    @TempDir
    Path folder;

    @Override
    QueueStore store() {
        return QueueStore.sqlite(TablePrefix.DEFAULT);
    }

    @Override
    Connection open() throws SQLException {
        return SqliteFile.open(folder, TablePrefix.DEFAULT);
    }

    @Override
    void put(Topic topic) throws SQLException {
        TOPIC.update(transaction, topic.id(), topic.hadChannel(), topic.keptFrom());
    }

    @Override
    void put(Channel channel) throws SQLException {
        CHANNEL.update(transaction, channel.id(), channel.topicId(), channel.deleted());
        for (int priority = 0; priority < channel.cursors().length; priority++) {
            CURSOR.update(transaction, channel.id(), priority, channel.cursors()[priority]);
        }
    }

    @Override
    void put(Stored message) throws SQLException {
        MESSAGE.update(
                transaction,
                message.id(),
                message.topicId(),
                message.priority(),
                message.publishedAt(),
                message.deliverAt());
    }

    @Override
    void putDone(Channel channel, long messageId) throws SQLException {
        DONE.update(transaction, channel.id(), messageId);
    }

    @Override
    void putDead(Channel channel, long messageId) throws SQLException {
        DEAD.update(transaction, channel.id(), messageId);
    }

    @Override
    List<Long> kept() throws SQLException {
        return KEPT.list(transaction, row -> row.getLong(1));
    }
}
