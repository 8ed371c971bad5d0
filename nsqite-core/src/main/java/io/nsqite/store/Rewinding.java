package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.store.OperatorStore.Reach;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Moves channels back. With many rows after the position it goes back from the newest towards it: a position that is moved
 * back only as far as the rows after it are deleted is a valid one, so that a crash between two steps loses nothing.
 */
final class Rewinding {

    /** Of whatever topic. Where retention has come to says nothing: it leaves behind what must stay. */
    private static final Sql OLDEST = Sql.of("SELECT coalesce(min(id), 1) FROM nsqite_message");

    private static final Sql FURTHEST = Sql.of("""
            SELECT max(
              coalesce((SELECT max(done_to) FROM nsqite_cursor WHERE channel_id = ?1), 0),
              coalesce((SELECT max(message_id) FROM nsqite_done WHERE channel_id = ?1), 0),
              coalesce((SELECT max(message_id) FROM nsqite_delivery WHERE channel_id = ?1), 0))""");

    private static final Sql MESSAGE_BETWEEN = Sql.of("""
            SELECT 1 FROM nsqite_message m
            WHERE m.id > ? AND m.id <= ? AND +m.topic_id = (SELECT topic_id FROM nsqite_channel WHERE id = ?) LIMIT 1""");

    private static final Sql DONE_AFTER_MANY = Sql.of("""
            SELECT message_id FROM nsqite_done WHERE channel_id = ? AND message_id > ?
            ORDER BY message_id DESC LIMIT 1 OFFSET ?""");

    /** The unary plus keeps the planner on the order of messages. */
    private static final Sql ROW_AFTER_MANY = Sql.of("""
            SELECT message_id FROM nsqite_delivery
            WHERE channel_id = ? AND message_id > ? AND +state IN ('due', 'scheduled', 'held')
            ORDER BY message_id DESC LIMIT 1 OFFSET ?""");

    private static final Sql MOVE_BACK =
            Sql.of("UPDATE nsqite_cursor SET done_to = ?1 WHERE channel_id = ?2 AND done_to > ?1");

    private static final Sql DELETE_DONE = Sql.of("DELETE FROM nsqite_done WHERE channel_id = ? AND message_id > ?");

    private static final Sql DELETE_ROWS = Sql.of(
            "DELETE FROM nsqite_delivery WHERE channel_id = ? AND message_id > ? AND +state IN ('due', 'scheduled', 'held')");

    Reach reach(Connection connection, long channelId) throws SQLException {
        return new Reach(OLDEST.number(connection) - 1, FURTHEST.number(connection, channelId));
    }

    boolean hasMessages(Connection connection, long channelId, long after, long upTo) throws SQLException {
        return MESSAGE_BETWEEN.exists(connection, after, upTo, channelId);
    }

    long rewind(Connection transaction, long channelId, long position, int maxRows) throws SQLException {
        long reached = Math.max(
                position,
                Math.max(
                        after(DONE_AFTER_MANY, transaction, channelId, position, maxRows),
                        after(ROW_AFTER_MANY, transaction, channelId, position, maxRows)));
        MOVE_BACK.update(transaction, reached, channelId);
        DELETE_DONE.update(transaction, channelId, reached);
        DELETE_ROWS.update(transaction, channelId, reached);
        return reached;
    }

    private static long after(Sql sql, Connection transaction, long channelId, long position, int maxRows)
            throws SQLException {
        return sql.first(transaction, row -> row.getLong(1), channelId, position, maxRows)
                .orElse(position);
    }
}
