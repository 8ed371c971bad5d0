package io.nsqite.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A result whose end is known to its statement, and whose failures are looked into. */
final class GuardedResultSet extends DelegatingResultSet {

    private final GuardedStatement statement;

    GuardedResultSet(GuardedStatement statement, ResultSet delegate) {
        super(delegate);
        this.statement = statement;
    }

    @Override
    public boolean next() throws SQLException {
        if (!statement.hasOpen(this)) {
            throw new SQLException(
                    "The ResultSet is closed; its statement was closed or executed again, or its transaction has ended");
        }
        try {
            return delegate.next();
        } catch (SQLException e) {
            statement.failed(e);
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        if (statement.hasOpen(this)) {
            statement.closeResult();
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        return !statement.hasOpen(this) || delegate.isClosed();
    }

    @Override
    public Statement getStatement() {
        return statement;
    }
}
