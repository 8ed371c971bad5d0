package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.message.Message;
import io.nsqite.store.OperatorStore.Purged;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Drops what waits: moves all cursors forward, a bounded number of messages at a time so that each step can count what it
 * drops, and deletes the rows that they have passed.
 */
final class Purging extends PrefixedTables {

    /** At 0.05 microseconds a row of another topic, 5 milliseconds. */
    private static final long MAX_IDS = 100_000;

    private final Sql topic = sql("SELECT topic_id FROM {channel} WHERE id = ?");

    private final Sql afterMany = sql("""
            SELECT id FROM {message} WHERE id > ? AND id <= ? AND +topic_id = ? AND +priority = ?
            ORDER BY id LIMIT 1 OFFSET ?""");

    private final Sql priorityAfterMany = sql("""
            SELECT id FROM {message} WHERE id > ? AND id <= ? AND topic_id = ? AND priority <> 4 AND priority = ?
            ORDER BY id LIMIT 1 OFFSET ?""");

    private static final String WITHOUT_ROW = """
             AND NOT EXISTS (SELECT 1 FROM {done} d WHERE d.channel_id = ?5 AND d.message_id = m.id)
             AND NOT EXISTS (SELECT 1 FROM {delivery} d WHERE d.channel_id = ?5 AND d.message_id = m.id)""";

    private final Sql count = sql("""
            SELECT count(*) FROM {message} m
            WHERE id > ?1 AND id <= ?2 AND +topic_id = ?3 AND +priority = ?4""" + WITHOUT_ROW);

    private final Sql priorityCount = sql("""
            SELECT count(*) FROM {message} m
            WHERE id > ?1 AND id <= ?2 AND topic_id = ?3 AND priority <> 4 AND priority = ?4""" + WITHOUT_ROW);

    private final Sql pass = sql("UPDATE {cursor} SET done_to = ?1 WHERE channel_id = ?2 AND done_to < ?1");

    private final Sql deleteDone = sql("""
            DELETE FROM {done} WHERE channel_id = ?1 AND message_id IN
              (SELECT message_id FROM {done} WHERE channel_id = ?1 AND message_id <= ?2 LIMIT ?3)""");

    /** The unary plus keeps the planner from looking at the dead ones. */
    private final Sql deleteRows = sql("""
            DELETE FROM {delivery} WHERE rowid IN
              (SELECT rowid FROM {delivery}
               WHERE channel_id = ? AND state IN ('due', 'scheduled', 'held') AND +message_id <= ? LIMIT ?)""");

    private final CursorTable cursors;

    Purging(TablePrefix prefix) {
        super(prefix);
        cursors = new CursorTable(prefix);
    }

    Purged purge(Connection transaction, long channelId, long upTo, int maxMessages) throws SQLException {
        long[] from = cursors.all(transaction, channelId);
        if (from.length == 0) {
            return new Purged(0, true); // deleted meanwhile
        }
        long topicId = topic.number(transaction, channelId);
        long to = upTo;
        for (int priority = 0; priority < from.length; priority++) {
            to = Math.min(to, end(transaction, topicId, new Range(priority, from[priority], to), maxMessages));
        }
        long dropped = 0;
        for (int priority = 0; priority < from.length; priority++) {
            dropped += count(transaction, channelId, topicId, new Range(priority, from[priority], to));
        }
        pass.update(transaction, to, channelId);
        int done = deleteDone.update(transaction, channelId, to, maxMessages);
        int rows = deleteRows.update(transaction, channelId, to, maxMessages);
        return new Purged(dropped + rows, to == upTo && done < maxMessages && rows < maxMessages);
    }

    private record Range(int priority, long after, long upTo) {
        boolean isStraight() {
            return priority == Message.DEFAULT_PRIORITY;
        }
    }

    /** Up to where to go in one step. */
    private long end(Connection transaction, long topicId, Range range, int maxMessages) throws SQLException {
        long upTo = range.isStraight() ? Math.min(range.upTo(), range.after() + MAX_IDS) : range.upTo();
        return (range.isStraight() ? afterMany : priorityAfterMany)
                .first(transaction, row -> row.getLong(1), range.after(), upTo, topicId, range.priority(), maxMessages)
                .orElse(upTo);
    }

    private long count(Connection transaction, long channelId, long topicId, Range range) throws SQLException {
        return (range.isStraight() ? count : priorityCount)
                .number(transaction, range.after(), range.upTo(), topicId, range.priority(), channelId);
    }
}
