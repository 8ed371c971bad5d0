package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code nsqite_delivery} by keys. */
final class KeyTable extends PrefixedTables implements KeyStore {

    private final Sql hasRows = sql("""
            SELECT 1 FROM {delivery}
            WHERE channel_id = ? AND message_key = ? AND state <> ? LIMIT 1""");

    private final Sql first = sql("""
            SELECT %s FROM {delivery}
            WHERE channel_id = ? AND message_key = ? AND state <> ?
            ORDER BY message_id LIMIT 1""".formatted(DeliveryTable.COLUMNS));

    /** Due since ever: they come first. */
    private final Sql freeHeld =
            sql("UPDATE {delivery} SET state = 'due', due_at = 0 WHERE channel_id = ? AND state = 'held'");

    private final Sql heldAfter = sql("""
            SELECT DISTINCT message_key FROM {delivery}
            WHERE channel_id = ? AND message_key > ? AND state = 'held'
            ORDER BY message_key LIMIT ?""");

    KeyTable(TablePrefix prefix) {
        super(prefix);
    }

    @Override
    public Set<String> withRows(Connection connection, Claim claim, Collection<String> keys, Unfinished unfinished)
            throws SQLException {
        Set<String> found = new HashSet<>();
        for (String key : keys) {
            if (hasRows.exists(connection, claim.channelId(), key, otherThan(unfinished))) {
                found.add(key);
            }
        }
        return found;
    }

    @Override
    public Optional<DeliveryRow> first(Connection connection, Claim claim, String key, Unfinished unfinished)
            throws SQLException {
        return first.first(connection, DeliveryTable::row, claim.channelId(), key, otherThan(unfinished));
    }

    @Override
    public void freeHeld(Connection transaction, Claim claim) throws SQLException {
        freeHeld.update(transaction, claim.channelId());
    }

    private static String otherThan(Unfinished unfinished) {
        return unfinished == Unfinished.NOT_DEAD ? DeliveryState.DEAD.text() : "";
    }

    @Override
    public List<String> heldAfter(Connection connection, Claim claim, String key, int limit) throws SQLException {
        return heldAfter.list(connection, row -> row.getString(1), claim.channelId(), key, limit);
    }
}
