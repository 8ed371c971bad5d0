package io.nsqite.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A prepared statement whose executions pass the session; its kind was found out when it was prepared. */
class GuardedPreparedStatement extends DelegatingPreparedStatement {

    private final StatementKind kind;
    private final PreparedStatement delegate;

    GuardedPreparedStatement(GuardedConnection connection, StatementKind kind, PreparedStatement delegate) {
        super(connection, delegate);
        this.kind = kind;
        this.delegate = delegate;
    }

    @Override
    public boolean execute() throws SQLException {
        if (kind.controlsTransaction()) {
            control();
            return false;
        }
        return run(kind, () -> opened(kind, delegate.execute()));
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        refuseControl(kind);
        return run(kind, () -> opened(kind, delegate.executeQuery()));
    }

    @Override
    public int executeUpdate() throws SQLException {
        return (int) executeLargeUpdate();
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        if (kind.controlsTransaction()) {
            control();
            return 0;
        }
        return run(kind, delegate::executeLargeUpdate);
    }

    private void control() throws SQLException {
        connection().ending(() -> session().control(kind, patience(), delegate::execute));
    }

    @Override
    public void clearBatch() throws SQLException {
        delegate.clearBatch();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        refuseControl(kind);
        return runOnce(kind, () -> whileDriverWaits(delegate::executeBatch));
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        refuseControl(kind);
        return runOnce(kind, () -> whileDriverWaits(delegate::executeLargeBatch));
    }
}
