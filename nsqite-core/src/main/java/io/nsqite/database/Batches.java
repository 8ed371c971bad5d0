package io.nsqite.database;

import io.nsqite.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs operations on the writer's connection, several in one transaction. If that fails it is rolled back and each is
 * run alone, so that only the culprit fails. Used by one thread at a time.
 */
final class Batches implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Batches.class);

    /** What has not begun by then waits for the next transaction, so that the application's writers get their turn. */
    private static final long MAX_NANOS = 5_000_000;

    /** The database is locked; what else waits would fail in the same way. */
    private static final int SQLITE_BUSY = 5;

    /** The level that is safe against corruption in WAL mode, though not in others. */
    private static final int NORMAL = 1;

    private static final Sql LEVEL = Sql.of("PRAGMA synchronous");
    private static final Sql JOURNAL_MODE = Sql.of("PRAGMA journal_mode");

    private final Connection connection;
    private final Committing committing;
    private final int applicationLevel;
    private final int relaxedLevel;
    private final WriterCondition condition = new WriterCondition();
    private Durability level = Durability.APPLICATION;

    /** @param connection with auto-commit off, opened with the application's settings */
    Batches(Connection connection, Committing committing) throws SQLException {
        this.connection = connection;
        this.committing = committing;
        connection.setAutoCommit(true);
        try {
            applicationLevel = (int) LEVEL.number(connection);
            boolean wal = JOURNAL_MODE
                    .first(connection, row -> row.getString(1))
                    .filter("wal"::equalsIgnoreCase)
                    .isPresent();
            relaxedLevel = wal ? Math.min(applicationLevel, NORMAL) : applicationLevel;
        } finally {
            connection.setAutoCommit(false);
        }
    }

    /**
     * Runs the operations and completes them.
     *
     * @return those that it had no time for
     */
    List<Operation<?>> run(List<Operation<?>> operations) {
        int begun = 0;
        try {
            begun = runTogether(operations);
            committing.commit(connection, begun);
            condition.worked();
        } catch (Throwable failure) {
            condition.failed(failure);
            rollBack(failure);
            afterFailure(operations, failure);
            return List.of();
        }
        operations.subList(0, begun).forEach(Operation::committed);
        return operations.subList(begun, operations.size());
    }

    private int runTogether(List<Operation<?>> operations) throws SQLException {
        apply(needed(operations));
        long started = System.nanoTime();
        int begun = 0;
        while (begun < operations.size() && (begun == 0 || System.nanoTime() - started <= MAX_NANOS)) {
            List<Operation<?>> rest = operations.subList(begun, operations.size());
            begun += rest.get(0).runWithFollowing(connection, rest);
        }
        return begun;
    }

    /** A thread that runs its own operation runs others' as well; that it was interrupted must not fail those. */
    private void afterFailure(List<Operation<?>> operations, Throwable failure) {
        if (Thread.interrupted()) {
            runApart(operations);
            Thread.currentThread().interrupt();
        } else if (operations.size() == 1 || isBusy(failure)) {
            operations.forEach(operation -> operation.failed(failure));
        } else {
            runApart(operations);
        }
    }

    private void runApart(List<Operation<?>> operations) {
        boolean interrupted = false;
        Throwable busy = null;
        for (Operation<?> operation : operations) {
            Throwable failure = busy == null ? tryAlone(operation) : busy;
            if (failure != null && Thread.interrupted()) {
                interrupted = true;
                failure = tryAlone(operation);
            }
            if (failure == null) {
                operation.committed();
            } else {
                operation.failed(failure);
                busy = isBusy(failure) ? failure : null;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Commits one operation; the failure if that can't be done. */
    private @Nullable Throwable tryAlone(Operation<?> operation) {
        try {
            apply(operation.durability());
            operation.run(connection);
            committing.commit(connection, 1);
            condition.worked();
            return null;
        } catch (Throwable failure) {
            condition.failed(failure);
            rollBack(failure);
            return failure;
        }
    }

    private static boolean isBusy(Throwable failure) {
        return failure instanceof SQLException sql && sql.getErrorCode() == SQLITE_BUSY;
    }

    private void rollBack(Throwable failure) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
            log.debug("Rolling back failed as well", e);
        }
    }

    WriterCondition condition() {
        return condition;
    }

    private static Durability needed(List<Operation<?>> operations) {
        return operations.stream().anyMatch(operation -> operation.durability() == Durability.APPLICATION)
                ? Durability.APPLICATION
                : Durability.RELAXED;
    }

    /** The level acts when it is set, before the transaction begins; a statement that sets it is never kept. */
    private void apply(Durability needed) throws SQLException {
        if (needed == level) {
            return;
        }
        int value = needed == Durability.APPLICATION ? applicationLevel : relaxedLevel;
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous=" + value);
        } finally {
            connection.setAutoCommit(false);
        }
        level = needed;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
