package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.store.OperatorStore.DeadKey;
import io.nsqite.store.StatusStore.DeadFilter;
import io.nsqite.store.StatusStore.DeadPage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The dead rows of {@code nsqite_delivery}. */
final class DeadLetterRows extends PrefixedTables {

    /** A page, its texts not read yet, so that sorting stays cheap. Eight parameters: see {@link #arguments}. */
    static final String PAGE = """
            SELECT d.channel_id AS channel_id, d.message_id AS message_id, t.name AS topic, c.name AS channel
            FROM {channel} c
            JOIN {topic} t ON t.id = c.topic_id
            JOIN {delivery} d ON d.channel_id = c.id AND d.state = 'dead'
            WHERE c.deleted = 0 AND (d.message_id, c.name) > (?1, ?2)
              AND (?3 IS NULL OR t.name = ?3) AND (?4 IS NULL OR c.name = ?4)
              AND coalesce(d.failed_at, 0) >= ?5 AND coalesce(d.failed_at, 0) < ?6
              AND (?7 IS NULL OR instr(lower(d.error), lower(?7)) > 0)
              AND EXISTS (SELECT 1 FROM {message} m WHERE m.id = d.message_id)
            ORDER BY d.message_id, c.name LIMIT ?8""";

    private final Sql keys = sql("SELECT channel_id, channel, message_id FROM (%s)".formatted(PAGE));

    /** Due since ever, so that no clock of another process can delay it. The last failure stays to be seen. */
    private final Sql replay = sql("""
            UPDATE {delivery} SET state = 'due', due_at = 0, attempts = 0
            WHERE channel_id = ? AND message_id = ? AND state = 'dead'""");

    private final Sql remove = sql("""
            DELETE FROM {delivery} WHERE channel_id = ? AND message_id = ? AND state = 'dead' RETURNING priority""");

    private final Sql settleAboveCursor = sql("""
            INSERT OR IGNORE INTO {done} (channel_id, message_id)
            SELECT channel_id, ?3 FROM {cursor} WHERE channel_id = ?1 AND priority = ?2 AND done_to < ?3""");

    DeadLetterRows(TablePrefix prefix) {
        super(prefix);
    }

    static @Nullable Object[] arguments(DeadFilter filter, DeadPage page) {
        return new @Nullable Object[] {
            page.afterId(),
            page.afterChannel(),
            filter.topic(),
            filter.channel(),
            filter.failedFrom(),
            filter.failedBefore(),
            filter.error(),
            page.limit()
        };
    }

    List<DeadKey> keys(Connection connection, DeadFilter filter, DeadPage page) throws SQLException {
        return keys.list(
                connection,
                row -> new DeadKey(row.getLong(1), row.getString(2), row.getLong(3)),
                arguments(filter, page));
    }

    boolean replay(Connection transaction, DeadKey letter) throws SQLException {
        return replay.update(transaction, letter.channelId(), letter.messageId()) == 1;
    }

    boolean discard(Connection transaction, DeadKey letter) throws SQLException {
        Optional<Integer> priority =
                remove.first(transaction, row -> row.getInt(1), letter.channelId(), letter.messageId());
        if (priority.isEmpty()) {
            return false;
        }
        settleAboveCursor.update(transaction, letter.channelId(), priority.get(), letter.messageId());
        return true;
    }
}
