package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.store.StatusStore.ChannelLine;
import io.nsqite.store.StatusStore.Counting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts what channels have before them, one channel after the other, each as of one moment. Counting ends at so many messages of a kind; and
 * looking at the log ends at so many rows, whichever topic they are of: a channel of a quiet topic may have a busy one's before it.
 */
final class ChannelCounts extends PrefixedTables {

    private final Sql all = sql("""
            SELECT c.id, c.topic_id, t.name, c.name FROM {channel} c JOIN {topic} t ON t.id = c.topic_id
            WHERE c.deleted = 0 ORDER BY t.name, c.name""");

    private final Sql one = sql("""
            SELECT c.id, c.topic_id, t.name, c.name FROM {channel} c JOIN {topic} t ON t.id = c.topic_id
            WHERE c.deleted = 0 AND t.name = ? AND c.name = ?""");

    /** Since when a message waits: its publication, or the time that its publisher has chosen. */
    private static final String SINCE = "max(m.published_at, coalesce(m.deliver_at, 0))";

    /** One without a time of its own is due whatever the clock of its publisher has shown. */
    private static final String DUE = "(m.deliver_at IS NULL OR m.deliver_at <= ?4)";

    private static final String OPEN = """
            NOT EXISTS (SELECT 1 FROM {done} o WHERE o.channel_id = ?1 AND o.message_id = m.id)
              AND NOT EXISTS (SELECT 1 FROM {delivery} d WHERE d.channel_id = ?1 AND d.message_id = m.id)""";

    private static final String POSITION =
            "(SELECT k.done_to FROM {cursor} k WHERE k.channel_id = ?1 AND k.priority = 4)";

    /** The condition on the topic comes first and alone, as the rest costs more and is not asked for most rows of others. */
    private static final String STRAIGHT = """
            SELECT count(*) AS waiting, min(CASE WHEN due THEN since END) AS since FROM (
              SELECT %s AS since, %s AS due FROM (
                SELECT id, topic_id, priority, published_at, deliver_at FROM {message} WHERE id > %s ORDER BY id LIMIT ?5) m
              WHERE m.topic_id = ?2 AND m.priority = 4 AND %s LIMIT ?3)""".formatted(SINCE, DUE, POSITION, OPEN);

    /** Whether there are rows behind those looked at; walks over them only where there may be. */
    private static final String BEYOND = """
            CASE WHEN coalesce((SELECT max(id) FROM {message}), 0) - %1$s <= ?5 THEN 0
              ELSE (SELECT 1 FROM {message} WHERE id > %1$s ORDER BY id LIMIT 1 OFFSET ?5) IS NOT NULL END""".formatted(POSITION);

    /** CROSS, so that the cursors come first: what lies before them must not be looked at, and there may be much of it. */
    private static final String WITH_PRIORITY = """
            SELECT count(*) AS waiting, min(CASE WHEN due THEN since END) AS since FROM (
              SELECT %s AS since, %s AS due FROM {cursor} k CROSS JOIN {message} m INDEXED BY {message_priority}
                ON m.topic_id = ?2 AND m.priority = k.priority AND m.priority <> 4 AND m.id > k.done_to
              WHERE k.channel_id = ?1 AND %s LIMIT ?3)""".formatted(SINCE, DUE, OPEN);

    /** Of a message that has a row; the oldest among those that were looked at. */
    private static final String OLDEST_ROW = """
            SELECT %s FROM {message} m WHERE m.id = (SELECT min(message_id) FROM (
              SELECT message_id FROM {delivery} WHERE channel_id = ?1 AND state IN ('due', 'running', 'held') LIMIT ?3))""".formatted(SINCE);

    private static final String OLDEST_SCHEDULED = """
            SELECT min(due_at) FROM (
              SELECT due_at FROM {delivery} WHERE channel_id = ?1 AND state = 'scheduled' AND due_at <= ?4 LIMIT ?3)""";

    private final Sql counts = sql("""
            SELECT c.paused, c.owner_id, s.waiting, s.since, p.waiting, p.since,
              (%s), (%s), (%s), (%s), (%s), (%s), CASE WHEN s.waiting >= ?3 THEN 1 ELSE %s END
            FROM {channel} c, (%s) s, (%s) p WHERE c.id = ?1 AND c.deleted = 0""".formatted(
                    rows("'due', 'running'"),
                    rows("'held'"),
                    rows("'scheduled'"),
                    rows("'dead'"),
                    OLDEST_ROW,
                    OLDEST_SCHEDULED,
                    BEYOND,
                    STRAIGHT,
                    WITH_PRIORITY));

    /** The columns of {@link #counts} that say since when something waits. */
    private static final int[] TIMES = {4, 6, 11, 12};

    ChannelCounts(TablePrefix prefix) {
        super(prefix);
    }

    private static String rows(String states) {
        return "SELECT count(*) FROM (SELECT 1 FROM {delivery} WHERE channel_id = ?1 AND state IN (%s) LIMIT ?3)"
                .formatted(states);
    }

    private record Channel(long id, long topicId, String topic, String name) {

        static Channel of(ResultSet row) throws SQLException {
            return new Channel(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4));
        }
    }

    List<ChannelLine> all(Connection connection, Counting counting) throws SQLException {
        List<ChannelLine> lines = new ArrayList<>();
        for (Channel channel : all.list(connection, Channel::of)) {
            count(connection, channel, counting).ifPresent(lines::add);
        }
        return lines;
    }

    Optional<ChannelLine> one(Connection connection, String topic, String name, Counting counting) throws SQLException {
        Optional<Channel> channel = one.first(connection, Channel::of, topic, name);
        return channel.isEmpty() ? Optional.empty() : count(connection, channel.get(), counting);
    }

    /** Empty if it was deleted meanwhile. */
    private Optional<ChannelLine> count(Connection connection, Channel channel, Counting counting) throws SQLException {
        return counts.first(
                connection,
                row -> line(channel, row, counting.limit()),
                channel.id(),
                channel.topicId(),
                counting.limit(),
                counting.now(),
                counting.rows());
    }

    private static ChannelLine line(Channel channel, ResultSet row, long limit) throws SQLException {
        long owner = row.getLong(2);
        Rows rows = new Rows(row.getLong(7), row.getLong(8), row.getLong(9), row.getLong(10));
        boolean lagExact =
                rows.lagIsBelow(limit) && row.getLong(3) < limit && row.getLong(5) < limit && row.getInt(13) == 0;
        return new ChannelLine(
                channel.topic(),
                channel.name(),
                row.getLong(3) + row.getLong(5),
                rows.retrying(),
                rows.dead(),
                row.getInt(1) != 0,
                owner == 0 ? null : owner,
                rows.held(),
                rows.scheduled(),
                oldest(row),
                lagExact && rows.dead() < limit,
                lagExact);
    }

    /** How many rows there are of each state. */
    private record Rows(long retrying, long held, long scheduled, long dead) {

        boolean lagIsBelow(long limit) {
            return retrying < limit && held < limit && scheduled < limit;
        }
    }

    /** The earliest of the times found in different places. */
    private static @Nullable Long oldest(ResultSet row) throws SQLException {
        Long oldest = null;
        for (int column : TIMES) {
            long time = row.getLong(column);
            if (!row.wasNull() && (oldest == null || time < oldest)) {
                oldest = time;
            }
        }
        return oldest;
    }
}
