package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What the clocks of a channel last showed, in {@code nsqite_channel}. It ties the clock of retries to the wall clock, so that no row has to
 * be written when that is set.
 */
final class ChannelClocks extends PrefixedTables {

    private final Sql read = sql("SELECT wall_clock, retry_clock FROM {channel} WHERE id = ?");

    private final Sql write = sql("UPDATE {channel} SET wall_clock = ?, retry_clock = ? WHERE id = ?");

    ChannelClocks(TablePrefix prefix) {
        super(prefix);
    }

    Clocks read(Connection connection, long channelId) throws SQLException {
        return read.first(connection, row -> new Clocks(row.getLong(1), row.getLong(2)), channelId)
                .orElseThrow(
                        () -> new SQLException("Channel %d is gone: it was deleted meanwhile".formatted(channelId)));
    }

    void write(Connection transaction, long channelId, Clocks clocks) throws SQLException {
        write.update(transaction, clocks.wall(), clocks.retries(), channelId);
    }
}
