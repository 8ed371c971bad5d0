package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.store.OperatorStore.Reach;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Moves channels back. With many rows after the position it goes back from the newest towards it: a position that is moved
 * back only as far as the rows after it are deleted is a valid one, so that a crash between two steps loses nothing.
 */
final class Rewinding extends PrefixedTables {

    /** Of whatever topic. Where retention has come to says nothing: it leaves behind what must stay. */
    private final Sql oldest = sql("SELECT coalesce(min(id), 1) FROM {message}");

    private final Sql furthest = sql("""
            SELECT max(
              coalesce((SELECT max(done_to) FROM {cursor} WHERE channel_id = ?1), 0),
              coalesce((SELECT max(message_id) FROM {done} WHERE channel_id = ?1), 0),
              coalesce((SELECT max(message_id) FROM {delivery} WHERE channel_id = ?1), 0))""");

    private final Sql messageBetween = sql("""
            SELECT 1 FROM {message} m
            WHERE m.id > ? AND m.id <= ? AND +m.topic_id = (SELECT topic_id FROM {channel} WHERE id = ?) LIMIT 1""");

    private final Sql doneAfterMany = sql("""
            SELECT message_id FROM {done} WHERE channel_id = ? AND message_id > ?
            ORDER BY message_id DESC LIMIT 1 OFFSET ?""");

    private final Sql rowAfterMany;

    private final Sql moveBack = sql("UPDATE {cursor} SET done_to = ?1 WHERE channel_id = ?2 AND done_to > ?1");

    private final Sql deleteDone = sql("DELETE FROM {done} WHERE channel_id = ? AND message_id > ?");

    private final Sql deleteRows;

    /** @param forgotten which rows go; a unary plus keeps the planner on the order of messages */
    private Rewinding(TablePrefix prefix, String forgotten) {
        super(prefix);
        rowAfterMany = sql("""
            SELECT message_id FROM {delivery} WHERE channel_id = ? AND message_id > ? AND %s
            ORDER BY message_id DESC LIMIT 1 OFFSET ?""".formatted(forgotten));
        deleteRows = sql("DELETE FROM {delivery} WHERE channel_id = ? AND message_id > ? AND " + forgotten);
    }

    /** Of channels that may be served: what runs stays with who has it. */
    static Rewinding ofOperators(TablePrefix prefix) {
        return new Rewinding(prefix, "+state IN ('due', 'scheduled', 'held')");
    }

    /** Of channels that are about to be read as logs. */
    static Rewinding ofLogs(TablePrefix prefix) {
        return new Rewinding(prefix, "+state <> 'dead'");
    }

    Reach reach(Connection connection, long channelId) throws SQLException {
        return new Reach(oldest.number(connection) - 1, furthest.number(connection, channelId));
    }

    boolean hasMessages(Connection connection, long channelId, long after, long upTo) throws SQLException {
        return messageBetween.exists(connection, after, upTo, channelId);
    }

    long rewind(Connection transaction, long channelId, long position, int maxRows) throws SQLException {
        long reached = Math.max(
                position,
                Math.max(
                        after(doneAfterMany, transaction, channelId, position, maxRows),
                        after(rowAfterMany, transaction, channelId, position, maxRows)));
        moveBack.update(transaction, reached, channelId);
        deleteDone.update(transaction, channelId, reached);
        deleteRows.update(transaction, channelId, reached);
        return reached;
    }

    private static long after(Sql sql, Connection transaction, long channelId, long position, int maxRows)
            throws SQLException {
        return sql.first(transaction, row -> row.getLong(1), channelId, position, maxRows)
                .orElse(position);
    }
}
