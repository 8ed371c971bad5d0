package io.nsqite.error;

import java.sql.SQLException;

/**
 * The database refused what the queue wanted of it. The message says which call failed, what became of it, and what the database
 * said. With Spring other exceptions take its place, see {@link ErrorTranslation}.
 */
public class DatabaseException extends NsqiteException {

    private static final long serialVersionUID = 1L;

    private final String call;
    private final SQLException sqlException;

    /**
     * With what the database said.
     *
     * @param call which call failed and what became of it, to be read before what the database said
     * @param cause what the database said
     */
    public DatabaseException(String call, SQLException cause) {
        super("%s: %s".formatted(call, cause.getMessage()), cause);
        this.call = call;
        this.sqlException = cause;
    }

    /** Which call failed, and what became of it. */
    public final String call() {
        return call;
    }

    /** What the database said; also the cause. */
    public final SQLException sqlException() {
        return sqlException;
    }

    /** SQLite's primary result code, such as 5 for a database that is locked and 13 for a full disk; 0 if it has none. */
    public final int errorCode() {
        return sqlException.getErrorCode();
    }
}
