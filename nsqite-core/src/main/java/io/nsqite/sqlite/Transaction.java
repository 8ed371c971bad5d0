package io.nsqite.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The transaction of one connection: whether there is one, of which kind, and how it begins and ends. */
final class Transaction {

    private static final int SQLITE_ERROR = 1;

    private enum State {
        NONE,
        OPEN,
        /** SQLite ended it after a failure; the application does not know yet. */
        LOST,
        /** It could not be ended. Only closing the connection helps. */
        STUCK
    }

    private final Connection driverConnection;
    private final SqliteDatabase database;
    private final PermitHolder holder = new PermitHolder();
    private final ControlStatement beginImmediate;
    private final ControlStatement beginDeferred;
    private final ControlStatement commit;
    private final ControlStatement rollback;
    private State state = State.NONE;
    private Access access = Access.READ_WRITE;
    private boolean begunBySavepoint;
    private @Nullable SQLException loss;

    Transaction(Connection driverConnection, SqliteDatabase database) {
        this.driverConnection = driverConnection;
        this.database = database;
        this.beginImmediate = new ControlStatement(driverConnection, "BEGIN IMMEDIATE");
        this.beginDeferred = new ControlStatement(driverConnection, "BEGIN");
        this.commit = new ControlStatement(driverConnection, "COMMIT");
        this.rollback = new ControlStatement(driverConnection, "ROLLBACK");
    }

    /** Whether it has begun and not ended, as far as the application knows. */
    boolean isActive() {
        return state != State.NONE;
    }

    boolean isStuck() {
        return state == State.STUCK;
    }

    /** The calling thread is about to execute; refused if only a rollback makes sense. */
    void use() throws SQLException {
        if (state == State.LOST) {
            throw lost();
        }
        if (state != State.NONE) {
            holder.used();
        }
    }

    void begin(Access newAccess, Patience patience) throws SQLException {
        ControlStatement begin = newAccess == Access.READ_ONLY ? beginDeferred : beginImmediate;
        begin(newAccess, patience, begin::execute);
    }

    /** With a SAVEPOINT as the first statement; its RELEASE will commit. */
    void beginBySavepoint(Access newAccess, Patience patience, Execution<?> savepoint) throws SQLException {
        begin(newAccess, patience, savepoint);
        begunBySavepoint = true;
    }

    private void begin(Access newAccess, Patience patience, Execution<?> begin) throws SQLException {
        access = newAccess;
        if (newAccess == Access.READ_ONLY) {
            forbidWriting();
        } else {
            takePermit(patience);
        }
        try {
            patience.whileBusy(() -> beginInTurn(begin));
            state = State.OPEN;
        } catch (SQLException e) {
            throw explained(e, patience);
        } finally {
            if (state == State.NONE) {
                leave();
            }
        }
    }

    /** Whoever has to wait for SQLite goes on waiting at the turnstile as well. */
    private <T> T beginInTurn(Execution<T> begin) throws SQLException {
        Turnstile turnstile = database.permit().turnstile();
        turnstile.advance(holder);
        T begun = begin.run();
        turnstile.begun(holder);
        return begun;
    }

    /** After a RELEASE: that of the savepoint which began the transaction has committed it. */
    void endIfReleased() throws SQLException {
        if (begunBySavepoint && !isOpenInSqlite()) {
            end();
        }
    }

    /** Commits; rolls back if that fails, so that nothing is committed later. */
    void commit(Patience patience) throws SQLException {
        if (state == State.NONE) {
            return;
        }
        holder.used();
        try {
            if (state == State.LOST) {
                throw lost();
            }
            patience.whileBusy(commit::execute);
        } catch (SQLException e) {
            rollbackAfter(e);
            throw e;
        }
        end();
    }

    private void rollbackAfter(SQLException failure) {
        try {
            rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /** Rolls back; that SQLite has done so already is fine. */
    void rollback() throws SQLException {
        if (state == State.NONE) {
            return;
        }
        holder.used();
        try {
            rollback.execute();
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
                state = State.STUCK;
                throw e;
            }
        }
        end();
    }

    private void end() throws SQLException {
        state = State.NONE;
        begunBySavepoint = false;
        loss = null;
        leave();
    }

    private void leave() throws SQLException {
        if (access == Access.READ_ONLY) {
            allowWriting();
        } else {
            returnPermit();
        }
    }

    /** {@code query_only} acts when it is prepared, so it is never kept. */
    private void forbidWriting() throws SQLException {
        ControlStatement.executeOnce(driverConnection, "PRAGMA query_only=1");
    }

    private void allowWriting() throws SQLException {
        try {
            ControlStatement.executeOnce(driverConnection, "PRAGMA query_only=0");
        } catch (SQLException e) {
            state = State.STUCK;
            throw e;
        }
    }

    /**
     * After a failed execution: some failures (a full disk, an I/O error) end the transaction, and what is executed next would commit by
     * itself.
     */
    void failed(SQLException failure) {
        if (state != State.OPEN) {
            return;
        }
        try {
            if (isOpenInSqlite()) {
                return;
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
        state = State.LOST;
        loss = failure;
    }

    /** SQLite does not tell, but it refuses a BEGIN inside a transaction. */
    private boolean isOpenInSqlite() throws SQLException {
        try {
            beginDeferred.execute();
        } catch (SQLException e) {
            if (e.getErrorCode() == SQLITE_ERROR) {
                return true;
            }
            throw e;
        }
        rollback.execute();
        return false;
    }

    private SQLException lost() {
        return new SQLException(
                "SQLite has rolled this transaction back because of an earlier failure, so nothing more can be done in it; roll back and begin again",
                "40000",
                loss);
    }

    /** Takes the permit, for a transaction or for one statement. */
    void takePermit(Patience patience) throws SQLException {
        database.permit().acquire(holder, patience);
    }

    /** Gives the permit back if it is taken; any thread may. */
    void returnPermit() {
        database.permit().release(holder);
    }

    /** Makes a wait for the permit fail; any thread may. */
    void cancelWaiting() {
        database.permit().cancel(holder);
    }

    private SQLException explained(SQLException e, Patience patience) {
        if (Patience.isStaleSnapshot(e)) {
            return new SQLException(
                    "Could not begin to write to %s: this connection still reads an older state. Close the ResultSet that is open on it first."
                            .formatted(database),
                    e.getSQLState(),
                    e.getErrorCode(),
                    e);
        }
        if (!Patience.isBusy(e)) {
            return e;
        }
        return new WriteTimeoutException(
                "Could not begin on %s within %d ms (busy_timeout): another process, or a connection that this library did not open, is writing. Shorten its transactions, or raise busy_timeout."
                        .formatted(database, patience.limit().toMillis()),
                e);
    }
}
