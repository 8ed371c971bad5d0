package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Finds messages by the time of their publication, which has no index: by halving the range of ids, some 24 looks in a log
 * of ten millions. Ids and times grow together as far as the publishers' clocks agree and transactions are short.
 */
final class PublicationTimes extends PrefixedTables {

    private final Sql firstAndLast = sql("SELECT coalesce(min(id), 0), coalesce(max(id), 0) FROM {message}");

    /** Ids may be missing; the next one that there is stands for them. */
    private final Sql publishedAt = sql("SELECT id, published_at FROM {message} WHERE id >= ? ORDER BY id LIMIT 1");

    PublicationTimes(TablePrefix prefix) {
        super(prefix);
    }

    private record Publication(long id, long at) {}

    /** The first message published at a time or later; {@link Long#MAX_VALUE} if none was. */
    long firstSince(Connection connection, long millis) throws SQLException {
        long[] ends = firstAndLast
                .first(connection, row -> new long[] {row.getLong(1), row.getLong(2)})
                .orElseThrow();
        long low = ends[0];
        long high = ends[1];
        long first = Long.MAX_VALUE;
        while (low <= high) {
            long middle = low + (high - low) / 2;
            Optional<Publication> found = publication(connection, middle);
            if (found.isEmpty()) {
                return first;
            }
            if (found.get().at() >= millis) {
                first = found.get().id();
                high = middle - 1;
            } else {
                low = found.get().id() + 1;
            }
        }
        return first;
    }

    private Optional<Publication> publication(Connection connection, long id) throws SQLException {
        return publishedAt.first(connection, row -> new Publication(row.getLong(1), row.getLong(2)), id);
    }
}
