package io.nsqite.sqlite;

import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/**
 * The thread was interrupted, or its statement cancelled, while it waited for its turn to write. Nothing was executed. Carries the error
 * code of SQLITE_INTERRUPT (9) and the SQL state 57014, by which other databases say that a query was cancelled.
 */
public final class WaitCancelledException extends SQLTransientException {

    private static final long serialVersionUID = 1L;
    private static final int SQLITE_INTERRUPT = 9;

    /** With what was waited for, and what ended the wait. */
    public WaitCancelledException(String message, @Nullable Throwable cause) {
        super(message, "57014", SQLITE_INTERRUPT, cause);
    }
}
