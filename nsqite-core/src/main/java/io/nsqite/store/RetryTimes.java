package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/** When the rows of {@code nsqite_delivery} are due that wait for a retry, by a clock that may have been set. */
final class RetryTimes {

    /** A row that nobody has tried yet is scheduled, and has no delay to keep. */
    private static final Sql MOVE = Sql.of("""
            UPDATE nsqite_delivery SET due_at = due_at + ?1, failed_at = failed_at + ?1
            WHERE channel_id = ?2 AND state = 'due' AND (failed_at IS NOT NULL OR attempts > 0)""");

    private static final Sql CAP = Sql.of("""
            UPDATE nsqite_delivery SET due_at = due_at - (failed_at - ?1), failed_at = ?1
            WHERE channel_id = ?2 AND state = 'due' AND failed_at > ?1""");

    void move(Connection transaction, long channelId, long byMillis) throws SQLException {
        MOVE.update(transaction, byMillis, channelId);
    }

    void cap(Connection transaction, long channelId, long now) throws SQLException {
        CAP.update(transaction, now, channelId);
    }
}
