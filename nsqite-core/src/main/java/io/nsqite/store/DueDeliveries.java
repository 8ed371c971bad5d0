package io.nsqite.store;

import io.nsqite.jdbc.Sql;
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
final class DueDeliveries {

    private static final String COLUMNS =
            "message_id, priority, state, due_at, attempts, message_key, error, stack, failed_at";

    private static final String FIRST_BY_PRIORITY = """
            SELECT * FROM (
              SELECT d.*, %2$s - d.due_at AS waited
              FROM nsqite_cursor k CROSS JOIN nsqite_delivery d
              WHERE k.channel_id = ?1 AND d.channel_id = k.channel_id AND d.state = '%1$s' AND d.priority = k.priority
                AND d.due_at <= %2$s
              ORDER BY k.priority DESC, d.due_at, d.message_id LIMIT ?4)""";

    private static final String FIRST_OF_EACH_PRIORITY = """
            SELECT d.*, %2$s - d.due_at AS waited
            FROM nsqite_cursor k CROSS JOIN nsqite_delivery d
            WHERE k.channel_id = ?1 AND d.rowid IN (
              SELECT f.rowid FROM nsqite_delivery f
              WHERE f.channel_id = k.channel_id AND f.state = '%1$s' AND f.priority = k.priority AND f.due_at <= %2$s
              ORDER BY f.due_at, f.message_id LIMIT ?4)""";

    private static final Sql BY_PRIORITY = ofBothClocks(FIRST_BY_PRIORITY, "priority DESC, waited DESC, message_id");
    private static final Sql BY_TIME = ofBothClocks(FIRST_OF_EACH_PRIORITY, "waited DESC, message_id");

    private static final Sql NEXT = Sql.of("""
            SELECT min(first) FROM (
              SELECT (SELECT min(d.due_at) FROM nsqite_delivery d
                WHERE d.channel_id = k.channel_id AND d.state = ?2 AND d.priority = k.priority AND d.due_at > ?3) AS first
              FROM nsqite_cursor k WHERE k.channel_id = ?1)
            HAVING min(first) IS NOT NULL""");

    private static Sql ofBothClocks(String first, String order) {
        return Sql.of("SELECT %s FROM (%s UNION ALL %s) ORDER BY %s LIMIT ?4"
                .formatted(
                        COLUMNS,
                        first.formatted(DeliveryState.DUE.text(), "?2"),
                        first.formatted(DeliveryState.SCHEDULED.text(), "?3"),
                        order));
    }

    List<DeliveryRow> byPriority(Connection connection, long channelId, Clocks now, int limit) throws SQLException {
        return BY_PRIORITY.list(connection, DeliveryTable::row, channelId, now.retries(), now.wall(), limit);
    }

    List<DeliveryRow> byTime(Connection connection, long channelId, Clocks now, int limit) throws SQLException {
        return BY_TIME.list(connection, DeliveryTable::row, channelId, now.retries(), now.wall(), limit);
    }

    /** When the next one after now is due, by the clock of retries. */
    Optional<Long> next(Connection connection, long channelId, Clocks now) throws SQLException {
        Optional<Long> retry = next(connection, channelId, DeliveryState.DUE, now.retries());
        Optional<Long> scheduled =
                next(connection, channelId, DeliveryState.SCHEDULED, now.wall()).map(now::retriesAt);
        return Stream.of(retry, scheduled).flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    private static Optional<Long> next(Connection connection, long channelId, DeliveryState state, long after)
            throws SQLException {
        return NEXT.first(connection, row -> row.getLong(1), channelId, state.text(), after);
    }
}
