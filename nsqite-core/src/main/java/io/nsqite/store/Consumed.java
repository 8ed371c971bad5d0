package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/**
 * How far all channels of a topic have come, and from when on its messages are kept.
 *
 * @param upTo for each priority, the greatest id that every channel has passed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Consumed(long[] upTo, long keepFrom) {

    private static final Sql HAS_CHANNEL = Sql.of("SELECT 1 FROM nsqite_channel WHERE topic_id = ? AND deleted = 0");

    private static final Sql PASSED = Sql.of("""
            SELECT k.priority, min(k.done_to)
            FROM nsqite_channel c JOIN nsqite_cursor k ON k.channel_id = c.id
            WHERE c.topic_id = ? AND c.deleted = 0 GROUP BY k.priority""");

    private static final Sql HAD_CHANNEL = Sql.of("SELECT 1 FROM nsqite_topic WHERE id = ? AND had_channel = 1");

    /** Empty for a topic that never had a channel, if such topics keep everything. */
    static Optional<Consumed> of(Connection connection, long topicId, RetentionStore.KeepFrom keepFrom)
            throws SQLException {
        if (HAS_CHANNEL.exists(connection, topicId)) {
            return Optional.of(new Consumed(passed(connection, topicId), keepFrom.consumed()));
        }
        if (HAD_CHANNEL.exists(connection, topicId)) {
            return Optional.of(new Consumed(everything(), keepFrom.consumed()));
        }
        return Optional.ofNullable(keepFrom.unheard()).map(unheard -> new Consumed(everything(), unheard));
    }

    private static long[] passed(Connection connection, long topicId) throws SQLException {
        return PASSED.query(connection, statement -> statement.setLong(1, topicId), cursors -> {
            long[] passed = new long[ChannelStore.PRIORITIES];
            while (cursors.next()) {
                passed[cursors.getInt(1)] = cursors.getLong(2);
            }
            return passed;
        });
    }

    private static long[] everything() {
        long[] everything = new long[ChannelStore.PRIORITIES];
        Arrays.fill(everything, Long.MAX_VALUE);
        return everything;
    }

    /** Beyond this id nothing of any priority is consumed. */
    long end() {
        return Arrays.stream(upTo).max().orElse(0);
    }
}
