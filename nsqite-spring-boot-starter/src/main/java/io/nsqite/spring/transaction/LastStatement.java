package io.nsqite.spring.transaction;

import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * Runs a statement after everything else that a transaction writes: after the synchronizations that were registered before,
 * like listeners of BEFORE_COMMIT, and after the changes that an entity manager has kept back. What it throws rolls back.
 */
final class LastStatement implements TransactionSynchronization, Ordered {

    private static final Logger log = LoggerFactory.getLogger(LastStatement.class);

    private final TransactionStatus status;
    private final Connection connection;
    private final Statement statement;
    private boolean done;

    LastStatement(TransactionStatus status, Connection connection, Statement statement) {
        this.status = status;
        this.connection = connection;
        this.statement = statement;
    }

    /** What to run. */
    interface Statement {

        void run(Connection transaction) throws SQLException;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        status.flush();
        try {
            statement.run(connection);
        } catch (SQLException e) {
            // no TransactionException, which Spring takes for a failed commit and does not roll back
            throw new UncategorizedSQLException("Acknowledging", null, e);
        }
        done = true;
    }

    /**
     * Where a synchronization before this one threw a TransactionException, Spring leaves the transaction open, and giving back
     * the connection would commit it: without this statement.
     */
    @Override
    public void afterCompletion(int outcome) {
        if (!done && outcome == STATUS_UNKNOWN) {
            rollBack();
        }
    }

    private void rollBack() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            log.error("A transaction that was not acknowledged could not be rolled back", e);
        }
    }
}
