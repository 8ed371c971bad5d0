package io.nsqite.sqlite;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The batch of a plain statement. Its entries run one by one, so that each can wait for its turn. */
final class TextBatch {

    private List<String> entries = List.of();

    void add(String sql) {
        if (entries.isEmpty()) {
            entries = new ArrayList<>();
        }
        entries.add(sql);
    }

    void clear() {
        entries = List.of();
    }

    /** Runs and forgets the entries; the first that fails ends it. */
    long[] executeOn(GuardedStatement statement) throws SQLException {
        List<String> due = entries;
        clear();
        long[] changes = new long[due.size()];
        for (int i = 0; i < changes.length; i++) {
            try {
                changes[i] = execute(due.get(i), statement);
            } catch (SQLException e) {
                throw new BatchUpdateException(
                        "Entry %d of the batch failed: %s".formatted(i, e.getMessage()),
                        e.getSQLState(),
                        e.getErrorCode(),
                        asInts(changes),
                        e);
            }
        }
        return changes;
    }

    private static long execute(String sql, GuardedStatement statement) throws SQLException {
        if (statement.execute(sql)) {
            statement.closeResult();
            throw new SQLException(
                    "A batch takes statements without results, but this is a query: %s; run it with executeQuery"
                            .formatted(sql));
        }
        return Math.max(0, statement.getLargeUpdateCount());
    }

    static int[] asInts(long[] changes) {
        return Arrays.stream(changes).mapToInt(count -> (int) count).toArray();
    }
}
