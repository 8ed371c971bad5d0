package io.nsqite.sqlite;

import io.nsqite.jdbc.StatementKeeper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A connection to SQLite whose transactions behave. Reach it through pools and proxies with
 * {@code connection.unwrap(SqliteConnection.class)}.
 *
 * <ul>
 *   <li>A read-write transaction (autocommit off, not read-only) begins with BEGIN IMMEDIATE before the first execution, after the
 *       database's {@link WritePermit} was taken, and gives it back as soon as it has ended.
 *   <li>A read-only one begins DEFERRED, waits for nobody and can't write.
 *   <li>With autocommit on, statements that may write take the permit for themselves, until their result is closed.
 *   <li>A failed commit rolls back. After a failure that made SQLite end the transaction by itself (a full disk), everything but rollback
 *       is refused.
 *   <li>Waiting is bounded by the busy timeout (5 s unless the URL or the properties say otherwise), and by the query timeout where it is
 *       shorter; it can be interrupted, and ends in a {@link WriteTimeoutException}.
 * </ul>
 *
 * <p>For one thread at a time, as connections are; {@link #abort} and {@link #close} may be called by any.
 */
public interface SqliteConnection extends Connection, StatementKeeper {

    /** The database that it leads to. */
    SqliteDatabase database();

    /** What opened it. */
    SqliteDataSource dataSource();

    /** Whether a transaction has begun and not ended; with autocommit off it begins with the first execution. */
    boolean isTransactionActive();

    /**
     * Whether a commit or rollback happened since autocommit was last switched off, so that what runs now comes after the transaction.
     * {@link #close} and {@link #clearWarnings} (which pools call when a connection is given back) make it false again.
     */
    boolean hasTransactionEnded();

    /**
     * Whether {@link #setReadOnly} was asked for, or the URL or the properties allow nothing but reading.
     */
    @Override
    boolean isReadOnly() throws SQLException;

    /**
     * Runs the action once after the next successful commit, when the permit has been given back already, on the thread that commits, in
     * the order of registration. An action registered twice runs once. A rollback drops it. What it throws is logged.
     *
     * @throws IllegalStateException if autocommit is on
     */
    void afterCommit(Runnable action);

    /**
     * Runs the action once after the transaction has ended, whether by commit, rollback or close, and when the permit has been given back
     * already. What it throws is logged.
     *
     * @throws IllegalStateException if autocommit is on
     */
    void afterEnd(Runnable action);

    /**
     * A statement that is prepared once on this connection and kept until the connection closes. Closing it closes its result only. A
     * failed execution may end it: ask here again for every use, which costs a look into a map. A pool around this connection does
     * not see its executions: whoever leaves the end of the transaction to the pool has to execute something through the pool as well.
     */
    @Override
    PreparedStatement keep(String sql) throws SQLException;
}
