package io.nsqite.sqlite;

import io.nsqite.jdbc.IdMemory;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection that applications get. */
final class GuardedConnection extends DelegatingConnection implements SqliteConnection, IdMemory {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedConnection.class);

    private final SqliteDataSource dataSource;
    private final SqliteDatabase database;
    private final Connection driverConnection;
    private final Transaction transaction;
    private final Session session;
    private final Map<String, KeptStatement> kept = new HashMap<>();
    private final AtomicBoolean closing = new AtomicBoolean();

    GuardedConnection(
            SqliteDataSource dataSource,
            ConnectionSettings settings,
            SqliteDatabase database,
            Connection driverConnection) {
        super(driverConnection);
        this.dataSource = dataSource;
        this.database = database;
        this.driverConnection = driverConnection;
        this.transaction = new Transaction(driverConnection, database);
        this.session = new Session(transaction, settings);
    }

    Session session() {
        return session;
    }

    /** For one statement. */
    GeneratedKeys generatedKeys() {
        return new GeneratedKeys(driverConnection, session);
    }

    @Override
    public SqliteDatabase database() {
        return database;
    }

    @Override
    public SqliteDataSource dataSource() {
        return dataSource;
    }

    @Override
    public boolean isTransactionActive() {
        return transaction.isActive();
    }

    @Override
    public boolean hasTransactionEnded() {
        return session.hasEnded();
    }

    @Override
    public void afterCommit(Runnable action) {
        session.afterCommit(Objects.requireNonNull(action, "action"));
    }

    @Override
    public void afterEnd(Runnable action) {
        session.afterEnd(Objects.requireNonNull(action, "action"));
    }

    @Override
    public PreparedStatement keep(String sql) throws SQLException {
        KeptStatement statement = kept.get(sql);
        if (statement == null || statement.isDiscarded()) {
            statement = new KeptStatement(
                    this,
                    StatementKind.of(sql),
                    prepare(KeptStatement.LABEL + sql, driverConnection::prepareStatement));
            kept.put(sql, statement);
        }
        return statement;
    }

    @Override
    public void rememberId(Object inserter, long id) {
        session.rememberId(inserter, id);
    }

    @Override
    public long rememberedId(Object inserter) {
        return session.rememberedId(inserter);
    }

    // ---- transactions ----

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        ending(() -> session.setAutoCommit(autoCommit));
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        session.checkOpen();
        return session.isAutoCommit();
    }

    @Override
    public void commit() throws SQLException {
        refuseInAutoCommit("commit");
        ending(() -> session.commit(session.patience()));
    }

    @Override
    public void rollback() throws SQLException {
        refuseInAutoCommit("roll back");
        ending(session::rollback);
    }

    /** A transaction that can't be ended is ended by closing the connection; the pool notices. */
    void ending(Ending end) throws SQLException {
        try {
            end.run();
        } catch (SQLException e) {
            if (transaction.isStuck()) {
                closeAfter(e);
            }
            throw e;
        }
    }

    private void closeAfter(SQLException failure) {
        try {
            close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private void refuseInAutoCommit(String what) throws SQLException {
        session.checkOpen();
        if (session.isAutoCommit()) {
            throw new SQLException(
                    "There is no transaction to %s, as auto-commit is on; switch it off first".formatted(what),
                    "25000");
        }
    }

    @Override
    public Savepoint setSavepoint() throws SQLException {
        refuseInAutoCommit("set a savepoint in");
        return session.savepoint(session.patience(), driverConnection::setSavepoint);
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        refuseInAutoCommit("set a savepoint in");
        return session.savepoint(session.patience(), () -> driverConnection.setSavepoint(name));
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        refuseInAutoCommit("roll back");
        session.savepoint(session.patience(), () -> {
            driverConnection.rollback(savepoint);
            return savepoint;
        });
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        refuseInAutoCommit("release");
        session.savepoint(session.patience(), () -> {
            driverConnection.releaseSavepoint(savepoint);
            return savepoint;
        });
    }

    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        session.setReadOnly(readOnly);
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        session.checkOpen();
        return session.isReadOnly();
    }

    @Override
    public void clearWarnings() throws SQLException {
        session.forgetEnd();
        super.clearWarnings();
    }

    // ---- statements ----

    @Override
    public Statement createStatement() throws SQLException {
        return new GuardedStatement(this, driverConnection.createStatement());
    }

    @Override
    public Statement createStatement(int type, int concurrency) throws SQLException {
        return new GuardedStatement(this, driverConnection.createStatement(type, concurrency));
    }

    @Override
    public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
        return new GuardedStatement(this, driverConnection.createStatement(type, concurrency, holdability));
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        return guarded(sql, driverConnection::prepareStatement);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        GuardedPreparedStatement statement =
                guarded(sql, text -> driverConnection.prepareStatement(text, autoGeneratedKeys));
        statement.keys().wantIf(autoGeneratedKeys);
        return statement;
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        return returningKeys(sql, text -> driverConnection.prepareStatement(text, columnIndexes));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        return returningKeys(sql, text -> driverConnection.prepareStatement(text, columnNames));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency) throws SQLException {
        return guarded(sql, text -> driverConnection.prepareStatement(text, type, concurrency));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        return guarded(sql, text -> driverConnection.prepareStatement(text, type, concurrency, holdability));
    }

    private PreparedStatement returningKeys(String sql, Preparation preparation) throws SQLException {
        GuardedPreparedStatement statement = guarded(sql, preparation);
        statement.keys().want();
        return statement;
    }

    private GuardedPreparedStatement guarded(String sql, Preparation preparation) throws SQLException {
        StatementKind kind = StatementKind.of(sql);
        return new GuardedPreparedStatement(
                this, kind, prepare(BusyTimeoutPragma.replaced(kind, sql, session), preparation));
    }

    /** Preparing reads the schema, for which SQLite may be too busy; it never begins a transaction. */
    private PreparedStatement prepare(String sql, Preparation preparation) throws SQLException {
        session.checkOpen();
        return session.patience().whileBusy(() -> preparation.prepare(sql));
    }

    @Override
    public DatabaseMetaData getMetaData() throws SQLException {
        return GuardedMetaData.of(this, driverConnection.getMetaData());
    }

    // ---- the end ----

    /** Never begins a transaction. */
    @Override
    public boolean isValid(int timeoutSeconds) throws SQLException {
        return !session.isClosed() && super.isValid(timeoutSeconds);
    }

    @Override
    public boolean isClosed() {
        return session.isClosed();
    }

    @Override
    public void close() throws SQLException {
        if (closing.compareAndSet(false, true)) {
            session.close();
            try {
                interrupt();
            } finally {
                closeDriverConnection();
            }
        }
    }

    @Override
    public void abort(@Nullable Executor executor) throws SQLException {
        if (executor == null) {
            throw new SQLException("abort needs an executor to close the connection with, but was given null");
        }
        if (closing.compareAndSet(false, true)) {
            session.close();
            try {
                interrupt();
            } finally {
                executor.execute(this::closeQuietly);
            }
        }
    }

    /** An interrupt lasts until the next statement begins, and would keep SQLite from writing the WAL back. */
    private void forgetInterrupt() {
        try (Statement statement = driverConnection.createStatement()) {
            statement.execute("SELECT 1");
        } catch (SQLException e) {
            LOG.debug("The connection is closed as it is", e);
        }
    }

    /** What another thread may be executing. */
    private void interrupt() throws SQLException {
        try (Statement statement = driverConnection.createStatement()) {
            statement.cancel();
        }
    }

    /** SQLite rolls back what is open; only then may others write. The last connection of all writes the WAL back. */
    private void closeDriverConnection() throws SQLException {
        try {
            forgetInterrupt();
            driverConnection.close();
        } finally {
            transaction.returnPermit();
            session.driverConnectionClosed();
            database.leave();
            DriverRegistry.leave(database.path());
        }
    }

    private void closeQuietly() {
        try {
            closeDriverConnection();
        } catch (SQLException e) {
            LOG.warn("{}: could not close an aborted connection", database, e);
        }
    }

    /** What may end a transaction. */
    @FunctionalInterface
    interface Ending {
        void run() throws SQLException;
    }

    /** How the driver is asked to prepare. */
    @FunctionalInterface
    private interface Preparation {
        PreparedStatement prepare(String sql) throws SQLException;
    }
}
