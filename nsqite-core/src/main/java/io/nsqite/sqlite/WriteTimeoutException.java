package io.nsqite.sqlite;

import java.sql.SQLTransactionRollbackException;
import org.jspecify.annotations.Nullable;

/**
 * It was not this transaction's turn to write within the busy timeout. Nothing was executed, so it may be tried again. Carries the
 * error code of SQLITE_BUSY (5) and the SQL state 40001, which Spring and Hibernate translate to their exceptions for locks
 * that could not be had.
 */
public final class WriteTimeoutException extends SQLTransactionRollbackException {

    private static final long serialVersionUID = 1L;
    private static final int SQLITE_BUSY = 5;

    WriteTimeoutException(String message, @Nullable Throwable cause) {
        super(message, "40001", SQLITE_BUSY, cause);
    }
}
