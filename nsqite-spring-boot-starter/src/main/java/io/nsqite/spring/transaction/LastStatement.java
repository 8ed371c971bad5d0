package io.nsqite.spring.transaction;

import java.sql.SQLException;
import org.springframework.core.Ordered;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * Runs a statement after everything else that a transaction writes: after the synchronizations that were registered before,
 * like listeners of BEFORE_COMMIT, and after the changes that an entity manager has kept back. What it throws rolls back.
 */
final class LastStatement implements TransactionSynchronization, Ordered {

    private final TransactionStatus status;
    private final Statement statement;

    LastStatement(TransactionStatus status, Statement statement) {
        this.status = status;
        this.statement = statement;
    }

    /** What to run. */
    interface Statement {

        void run() throws SQLException;
    }

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        status.flush();
        try {
            statement.run();
        } catch (SQLException e) {
            throw new TransactionSystemException("The message could not be acknowledged: " + e.getMessage(), e);
        }
    }
}
