package io.nsqite.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens around the executions on one connection: transactions begin, the permit comes and goes, failures are looked into. */
final class Session {

    private final Transaction transaction;
    private final boolean alwaysReadOnly;
    private final boolean looksUpKeys;
    private final CommitActions commitActions = new CommitActions();
    private final List<GuardedStatement> openWrites = new ArrayList<>();
    private Duration busyTimeout;
    private boolean autoCommit = true;
    private boolean readOnly;
    private boolean ended;
    private long rememberedId;
    private @Nullable Object rememberedFor;
    private @Nullable GeneratedKeys lastInserter;
    private volatile boolean closed;

    Session(Transaction transaction, ConnectionSettings settings) {
        this.transaction = transaction;
        this.alwaysReadOnly = settings.isReadOnly();
        this.looksUpKeys = settings.looksUpKeysWhenAsked();
        this.busyTimeout = settings.busyTimeout();
    }

    /** Runs what does not control transactions, in a transaction if autocommit is off. Only the beginning is repeated while SQLite is busy. */
    <T> T execute(StatementKind kind, Patience patience, Execution<T> execution) throws SQLException {
        use();
        if (!transaction.isActive()) {
            prepareFor(kind, patience);
        }
        return run(execution);
    }

    private void prepareFor(StatementKind kind, Patience patience) throws SQLException {
        if (!autoCommit && kind.runsInTransaction()) {
            begin(patience);
        } else if (kind.needsPermit()) {
            takePermit(patience);
        }
    }

    private void begin(Patience patience) throws SQLException {
        transaction.begin(access(), patience);
        leaveIfClosed();
    }

    private void takePermit(Patience patience) throws SQLException {
        if (isReadOnly()) {
            throw new ReadOnlyConnectionException(
                    "This connection is read-only, so it refuses what may write. Write in a transaction or on a connection that is not read-only.");
        }
        transaction.takePermit(patience);
        leaveIfClosed();
    }

    /** Another thread that closed the connection meanwhile could not know of the permit. */
    private void leaveIfClosed() throws SQLException {
        if (closed) {
            transaction.returnPermit();
            throw connectionClosed();
        }
    }

    private <T> T run(Execution<T> execution) throws SQLException {
        try {
            return execution.run();
        } catch (SQLException e) {
            transaction.failed(e);
            throw e;
        } finally {
            returnPermitIfIdle();
        }
    }

    private void returnPermitIfIdle() {
        if (!transaction.isActive() && openWrites.isEmpty()) {
            transaction.returnPermit();
        }
    }

    /**
     * Runs what controls transactions, given as SQL.
     *
     * @return whether the execution itself was needed
     */
    boolean control(StatementKind kind, Patience patience, Execution<?> execution) throws SQLException {
        checkOpen();
        return switch (kind) {
            case BEGIN -> controlBegin(patience, execution);
            case COMMIT, ROLLBACK -> controlEnd(kind, patience, execution);
            case SAVEPOINT -> controlSavepoint(patience, execution);
            case RELEASE -> controlRelease(patience, execution);
            default -> runInPlace(patience, execution);
        };
    }

    private boolean controlEnd(StatementKind kind, Patience patience, Execution<?> execution) throws SQLException {
        if (autoCommit && !transaction.isActive()) {
            // SQLite says that there is nothing to end
            return runInPlace(patience, execution);
        }
        if (kind == StatementKind.COMMIT) {
            commit(patience);
        } else {
            rollback();
        }
        return false;
    }

    private boolean controlRelease(Patience patience, Execution<?> execution) throws SQLException {
        runInPlace(patience, execution);
        transaction.endIfReleased();
        return true;
    }

    private boolean controlBegin(Patience patience, Execution<?> execution) throws SQLException {
        if (transaction.isActive()) {
            // SQLite says what is wrong with that
            return runInPlace(patience, execution);
        }
        use();
        begin(patience);
        return false;
    }

    private boolean controlSavepoint(Patience patience, Execution<?> execution) throws SQLException {
        use();
        if (!transaction.isActive() && autoCommit) {
            transaction.beginBySavepoint(access(), patience, execution);
            leaveIfClosed();
            return true;
        }
        savepoint(patience, execution);
        return true;
    }

    private boolean runInPlace(Patience patience, Execution<?> execution) throws SQLException {
        use();
        run(() -> patience.whileBusy(execution));
        return true;
    }

    /** Runs what sets a savepoint or goes back to it, in a transaction that begins with it if need be. */
    <T> T savepoint(Patience patience, Execution<T> execution) throws SQLException {
        use();
        if (!transaction.isActive()) {
            begin(patience);
        }
        return run(() -> patience.whileBusy(execution));
    }

    void commit(Patience patience) throws SQLException {
        checkOpen();
        rememberedId = 0;
        ended = true;
        try {
            closeOpenWrites();
            transaction.commit(patience);
        } catch (SQLException e) {
            commitActions.drop();
            throw e;
        }
        commitActions.run();
    }

    void rollback() throws SQLException {
        checkOpen();
        rememberedId = 0;
        ended = true;
        try {
            closeOpenWrites();
        } finally {
            endByRollback();
        }
    }

    private void endByRollback() throws SQLException {
        try {
            transaction.rollback();
        } finally {
            commitActions.drop();
        }
    }

    private void closeOpenWrites() throws SQLException {
        for (GuardedStatement statement : List.copyOf(openWrites)) {
            statement.closeResult();
        }
    }

    void setAutoCommit(boolean newAutoCommit) throws SQLException {
        checkOpen();
        if (autoCommit == newAutoCommit) {
            return;
        }
        autoCommit = newAutoCommit;
        if (newAutoCommit || transaction.isActive()) {
            commit(patience());
        }
        ended = newAutoCommit && ended;
    }

    boolean isAutoCommit() {
        return autoCommit;
    }

    void setReadOnly(boolean newReadOnly) throws SQLException {
        checkOpen();
        if (newReadOnly != readOnly && transaction.isActive()) {
            throw new SQLException("Read-only can't be changed while a transaction is open; commit or roll back first");
        }
        readOnly = newReadOnly;
    }

    boolean isReadOnly() {
        return readOnly || alwaysReadOnly;
    }

    private Access access() {
        return isReadOnly() ? Access.READ_ONLY : Access.READ_WRITE;
    }

    void rememberId(Object inserter, long id) {
        rememberedFor = inserter;
        rememberedId = id;
    }

    long rememberedId(Object inserter) {
        return rememberedFor == inserter ? rememberedId : 0;
    }

    /** Whether generated keys are looked up here, and not by the driver. */
    boolean looksUpKeys() {
        return looksUpKeys;
    }

    /** The statement of these keys has inserted. */
    void inserted(GeneratedKeys inserter) {
        lastInserter = inserter;
    }

    /** Whether the last key that SQLite gave on this connection is one of these. */
    boolean isLastInserter(GeneratedKeys inserter) {
        return lastInserter == inserter;
    }

    /** The last key that SQLite gave is nobody's to ask for. */
    void forgetInserter() {
        lastInserter = null;
    }

    boolean hasEnded() {
        return ended;
    }

    void forgetEnd() {
        ended = false;
    }

    void afterCommit(Runnable action) {
        if (autoCommit) {
            throw new IllegalStateException("Autocommit is on, so there is no commit to wait for; switch it off first");
        }
        commitActions.add(action);
    }

    void afterEnd(Runnable action) {
        if (autoCommit) {
            throw new IllegalStateException("Autocommit is on, so there is no transaction; switch it off first");
        }
        commitActions.addForEnd(action);
    }

    /** The connection is closed, and what was open is rolled back. */
    void driverConnectionClosed() {
        commitActions.drop();
    }

    /** This statement's result is still open, and what it wrote is not committed until it is closed. */
    void opened(GuardedStatement statement) {
        openWrites.add(statement);
    }

    void closed(GuardedStatement statement) {
        openWrites.remove(statement);
        returnPermitIfIdle();
    }

    /** Reading a result failed. */
    void failed(SQLException failure) {
        transaction.failed(failure);
    }

    /** As patient as the busy timeout says. */
    Patience patience() {
        return new Patience(busyTimeout);
    }

    /** The same, or the query timeout if it is set and shorter. */
    Patience patience(int queryTimeoutSeconds) {
        Duration queryTimeout = Duration.ofSeconds(queryTimeoutSeconds);
        boolean shorter = queryTimeoutSeconds > 0 && queryTimeout.compareTo(busyTimeout) < 0;
        return new Patience(shorter ? queryTimeout : busyTimeout);
    }

    Duration busyTimeout() {
        return busyTimeout;
    }

    void busyTimeout(Duration newBusyTimeout) {
        busyTimeout = newBusyTimeout;
    }

    private void use() throws SQLException {
        checkOpen();
        rememberedId = 0;
        transaction.use();
    }

    void checkOpen() throws SQLException {
        if (closed) {
            throw connectionClosed();
        }
    }

    private static SQLException connectionClosed() {
        return new SQLException("The connection is closed; get another from the data source", "08003");
    }

    boolean isClosed() {
        return closed;
    }

    /** Refuses everything from now on; any thread may. */
    void close() {
        closed = true;
        transaction.cancelWaiting();
    }
}
