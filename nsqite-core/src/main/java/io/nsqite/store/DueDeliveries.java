package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rows of {@code nsqite_delivery} whose time has come, or comes next: by the clock of retries or by the wall clock. The cursors are one for
 * each priority, so that the index gives the order of each, and what is sorted is few however much waits.
 */
final class DueDeliveries extends PrefixedTables {

    private static final String COLUMNS =
            "message_id, priority, state, due_at, attempts, message_key, error, stack, failed_at";

    private static final String FIRST_BY_PRIORITY = """
            SELECT * FROM (
              SELECT d.*, %2$s - d.due_at AS waited
              FROM {cursor} k CROSS JOIN {delivery} d
              WHERE k.channel_id = ?1 AND d.channel_id = k.channel_id AND d.state = '%1$s' AND d.priority = k.priority
                AND d.due_at <= %2$s
              ORDER BY k.priority DESC, d.due_at, d.message_id LIMIT ?4)""";

    private static final String FIRST_OF_EACH_PRIORITY = """
            SELECT d.*, %2$s - d.due_at AS waited
            FROM {cursor} k CROSS JOIN {delivery} d
            WHERE k.channel_id = ?1 AND d.rowid IN (
              SELECT f.rowid FROM {delivery} f
              WHERE f.channel_id = k.channel_id AND f.state = '%1$s' AND f.priority = k.priority AND f.due_at <= %2$s
              ORDER BY f.due_at, f.message_id LIMIT ?4)""";

    private final Sql byPriority = ofBothClocks(FIRST_BY_PRIORITY, "priority DESC, waited DESC, message_id");
    private final Sql byTime = ofBothClocks(FIRST_OF_EACH_PRIORITY, "waited DESC, message_id");

    private final Sql next = sql("""
            SELECT min(first) FROM (
              SELECT (SELECT min(d.due_at) FROM {delivery} d
                WHERE d.channel_id = k.channel_id AND d.state = ?2 AND d.priority = k.priority AND d.due_at > ?3) AS first
              FROM {cursor} k WHERE k.channel_id = ?1)
            HAVING min(first) IS NOT NULL""");

    DueDeliveries(TablePrefix prefix) {
        super(prefix);
    }

    private Sql ofBothClocks(String first, String order) {
        return sql("SELECT %s FROM (%s UNION ALL %s) ORDER BY %s LIMIT ?4"
                .formatted(
                        COLUMNS,
                        first.formatted(DeliveryState.DUE.text(), "?2"),
                        first.formatted(DeliveryState.SCHEDULED.text(), "?3"),
                        order));
    }

    List<DeliveryRow> byPriority(Connection connection, long channelId, Clocks now, int limit) throws SQLException {
        return byPriority.list(connection, DeliveryTable::row, channelId, now.retries(), now.wall(), limit);
    }

    List<DeliveryRow> byTime(Connection connection, long channelId, Clocks now, int limit) throws SQLException {
        return byTime.list(connection, DeliveryTable::row, channelId, now.retries(), now.wall(), limit);
    }

    /** When the next one after now is due, by the clock of retries. */
    Optional<Long> next(Connection connection, long channelId, Clocks now) throws SQLException {
        Optional<Long> retry = next(connection, channelId, DeliveryState.DUE, now.retries());
        Optional<Long> scheduled =
                next(connection, channelId, DeliveryState.SCHEDULED, now.wall()).map(now::retriesAt);
        return Stream.of(retry, scheduled).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    private Optional<Long> next(Connection connection, long channelId, DeliveryState state, long after)
            throws SQLException {
        return next.first(connection, row -> row.getLong(1), channelId, state.text(), after);
    }
}
