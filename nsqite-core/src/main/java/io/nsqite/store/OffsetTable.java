package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import java.sql.Connection;
import java.sql.SQLException;

/** A log's offset is the position of all its cursors in {@code nsqite_cursor}. */
final class OffsetTable extends PrefixedTables implements OffsetStore {

    private static final Offset LOST = new Offset(Fence.LOST, 0, 0, false);

    private final Sql offset = sql("""
            SELECT c.changes, c.paused, (SELECT min(done_to) FROM {cursor} WHERE channel_id = c.id)
            FROM {channel} c WHERE c.id = ? AND c.owner_id = ? AND c.epoch = ? AND c.deleted = 0""");

    private static final String UNFINISHED_BY_PRIORITY = """
            SELECT (SELECT min(m.id) FROM {message} m
              WHERE m.topic_id = c.topic_id AND m.priority <> 4 AND m.priority = k.priority AND m.id > k.done_to
                AND NOT EXISTS (SELECT 1 FROM {done} d WHERE d.channel_id = c.id AND d.message_id = m.id)
                AND NOT EXISTS (SELECT 1 FROM {delivery} d WHERE d.channel_id = c.id AND d.message_id = m.id)) - 1
            FROM {channel} c JOIN {cursor} k ON k.channel_id = c.id AND k.priority <> 4 WHERE c.id = ?1""";

    /** The cursors of seldom used priorities stay where they are while nothing of them comes, so their messages are looked for. */
    private final Sql finished = sql("""
            SELECT min(position) FROM (
              SELECT done_to AS position FROM {cursor} WHERE channel_id = ?1 AND priority = 4
              UNION ALL SELECT min(message_id) - 1 FROM {delivery} WHERE channel_id = ?1 AND state <> 'dead'
              UNION ALL %s)""".formatted(UNFINISHED_BY_PRIORITY));

    private final Sql move = sql("UPDATE {cursor} SET done_to = ?1 WHERE channel_id = ?2 AND done_to <> ?1");

    /** When all cursors have passed them they say nothing any more. */
    private final Sql deleteDone = sql("""
            DELETE FROM {done} WHERE channel_id = ?1 AND message_id IN
              (SELECT message_id FROM {done} WHERE channel_id = ?1 LIMIT ?2)""");

    /** Nothing is in hand that a later owner would have to handle with care. */
    private final Sql clean = sql("UPDATE {channel} SET unclean = 0, in_hand = 0 WHERE id = ?");

    private final Rewinding rewinding;

    OffsetTable(TablePrefix prefix) {
        super(prefix);
        rewinding = Rewinding.ofLogs(prefix);
    }

    @Override
    public Offset offset(Connection connection, Claim claim) throws SQLException {
        return offset.first(
                        connection,
                        row -> new Offset(
                                row.getLong(1) == claim.changes() ? Fence.OURS : Fence.CHANGED,
                                row.getLong(3),
                                row.getLong(1),
                                row.getInt(2) != 0),
                        claim.channelId(),
                        claim.ownerId(),
                        claim.epoch())
                .orElse(LOST);
    }

    @Override
    public Beginning begin(Connection transaction, Claim claim, int maxRows) throws SQLException {
        if (offset(transaction, claim).isLost()) {
            return new Beginning(LOST, false);
        }
        boolean isComplete = beginAt(finished.number(transaction, claim.channelId()), transaction, claim, maxRows);
        return new Beginning(offset(transaction, claim), isComplete);
    }

    /** Whether it has come there, and nothing is left to delete. */
    private boolean beginAt(long position, Connection transaction, Claim claim, int maxRows) throws SQLException {
        long channelId = claim.channelId();
        if (rewinding.rewind(transaction, channelId, position, maxRows) > position) {
            return false;
        }
        move(transaction, claim, position);
        if (deleteDone.update(transaction, channelId, maxRows) == maxRows) {
            return false;
        }
        clean.update(transaction, channelId);
        return true;
    }

    @Override
    public void move(Connection transaction, Claim claim, long doneTo) throws SQLException {
        move.update(transaction, doneTo, claim.channelId());
    }
}
