package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Reads how far the channels of a topic have come. */
final class ConsumedProgress extends PrefixedTables {

    private final Sql hasChannel = sql("SELECT 1 FROM {channel} WHERE topic_id = ? AND deleted = 0");

    private final Sql passed = sql("""
            SELECT k.priority, min(k.done_to)
            FROM {channel} c JOIN {cursor} k ON k.channel_id = c.id
            WHERE c.topic_id = ? AND c.deleted = 0 GROUP BY k.priority""");

    private final Sql hadChannel = sql("SELECT 1 FROM {topic} WHERE id = ? AND had_channel = 1");

    ConsumedProgress(TablePrefix prefix) {
        super(prefix);
    }

    /** Empty for a topic that never had a channel, if such topics keep everything. */
    Optional<Consumed> of(Connection connection, long topicId, RetentionStore.KeepFrom keepFrom) throws SQLException {
        if (hasChannel.exists(connection, topicId)) {
            return Optional.of(new Consumed(passed(connection, topicId), keepFrom.consumed()));
        }
        if (hadChannel.exists(connection, topicId)) {
            return Optional.of(Consumed.everythingBefore(keepFrom.consumed()));
        }
        return Optional.ofNullable(keepFrom.unheard()).map(Consumed::everythingBefore);
    }

    private long[] passed(Connection connection, long topicId) throws SQLException {
        return passed.query(connection, statement -> statement.setLong(1, topicId), cursors -> {
            long[] upTo = new long[ChannelStore.PRIORITIES];
            while (cursors.next()) {
                upTo[cursors.getInt(1)] = cursors.getLong(2);
            }
            return upTo;
        });
    }
}
