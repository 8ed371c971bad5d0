package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What the clocks of a channel last showed, in {@code nsqite_channel}. It ties the clock of retries to the wall clock, so that no row has to
 * be written when that is set.
 */
final class ChannelClocks {

    private static final Sql READ = Sql.of("SELECT wall_clock, retry_clock FROM nsqite_channel WHERE id = ?");

    private static final Sql WRITE = Sql.of("UPDATE nsqite_channel SET wall_clock = ?, retry_clock = ? WHERE id = ?");

    Clocks read(Connection connection, long channelId) throws SQLException {
        return READ.first(connection, row -> new Clocks(row.getLong(1), row.getLong(2)), channelId)
                .orElseThrow(
                        () -> new SQLException("Channel %d is gone: it was deleted meanwhile".formatted(channelId)));
    }

    void write(Connection transaction, long channelId, Clocks clocks) throws SQLException {
        WRITE.update(transaction, clocks.wall(), clocks.retries(), channelId);
    }
}
