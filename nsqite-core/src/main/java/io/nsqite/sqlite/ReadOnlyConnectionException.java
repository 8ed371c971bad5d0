package io.nsqite.sqlite;

import java.sql.SQLNonTransientException;

/**
 * A read-only connection was to write. Nothing was executed. Carries the error code of SQLITE_READONLY (8) and the SQL state 25006, as the
 * driver's own refusals have the first and other databases' the second.
 */
public final class ReadOnlyConnectionException extends SQLNonTransientException {

    private static final long serialVersionUID = 1L;
    private static final int SQLITE_READONLY = 8;

    ReadOnlyConnectionException(String message) {
        super(message, "25006", SQLITE_READONLY);
    }
}
