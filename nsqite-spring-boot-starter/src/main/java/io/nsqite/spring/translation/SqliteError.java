package io.nsqite.spring.translation;

import io.nsqite.sqlite.ReadOnlyConnectionException;
import io.nsqite.sqlite.SecondWriterException;
import io.nsqite.sqlite.WaitCancelledException;
import io.nsqite.sqlite.WriteTimeoutException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * What SQLite said, or the library's connections in its place. Where there is no driver nothing of it is loaded.
 *
 * @param source the exception that says so, which another may wrap
 * @param code the result code, extended if the driver tells
 */
public record SqliteError(SQLException source, int code) {

    /** The file or its folder is not accessible for this process. */
    public static final int PERM = 3;
    /** Another connection is writing, and was waited for in vain. */
    public static final int BUSY = 5;
    /** Another statement of the same connection, or of a shared cache, is in the way. */
    public static final int LOCKED = 6;
    /** There is no memory left. */
    public static final int NO_MEMORY = 7;
    /** The database, or the connection, can only be read. */
    public static final int READ_ONLY = 8;
    /** The statement was interrupted. */
    public static final int INTERRUPT = 9;
    /** The disk or the file system failed. */
    public static final int IO_ERROR = 10;
    /** The file is damaged. */
    public static final int CORRUPT = 11;
    /** The disk is full, or the database has reached its limit. */
    public static final int FULL = 13;
    /** The file, or one beside it, can't be opened. */
    public static final int CANT_OPEN = 14;
    /** The locks of the write-ahead log could not be had. */
    public static final int PROTOCOL = 15;
    /** A text, a BLOB or a row is longer than may be. */
    public static final int TOO_BIG = 18;
    /** A constraint of a table is violated. */
    public static final int CONSTRAINT = 19;
    /** A value has the wrong type, as a text for a row id. */
    public static final int MISMATCH = 20;
    /** An authorizer refused the statement. */
    public static final int AUTH = 23;
    /** The file is none of SQLite's, or encrypted. */
    public static final int NOT_A_DATABASE = 26;

    private static final int ERROR = 1;
    private static final int CONSTRAINT_PRIMARY_KEY = 1555;
    private static final int CONSTRAINT_UNIQUE = 2067;
    private static final int CONSTRAINT_ROWID = 2579;

    private static final String DRIVERS_EXCEPTION = "org.sqlite.SQLiteException";
    private static final boolean DRIVER_IS_VISIBLE =
            ClassUtils.isPresent(DRIVERS_EXCEPTION, SqliteError.class.getClassLoader());

    /** The error that is, or is the cause of, a failure; null if none is: it came from another database. */
    public static @Nullable SqliteError of(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isOfSqlite(sql)) {
                return new SqliteError(sql, code(sql));
            }
        }
        return null;
    }

    private static boolean isOfSqlite(SQLException failure) {
        return isOfDriver(failure)
                || failure instanceof WriteTimeoutException
                || failure instanceof SecondWriterException
                || failure instanceof ReadOnlyConnectionException
                || failure instanceof WaitCancelledException;
    }

    /** By name: another class loader may have brought the driver. */
    private static boolean isOfDriver(SQLException failure) {
        return failure.getClass().getName().equals(DRIVERS_EXCEPTION);
    }

    private static int code(SQLException failure) {
        return DRIVER_IS_VISIBLE && isOfDriver(failure) ? DriverErrors.code(failure) : failure.getErrorCode();
    }

    /** The result code without its extension. */
    public int primaryCode() {
        return code & 0xff;
    }

    boolean isSecondWriter() {
        return source instanceof SecondWriterException;
    }

    boolean isDuplicateKey() {
        return code == CONSTRAINT_UNIQUE || code == CONSTRAINT_PRIMARY_KEY || code == CONSTRAINT_ROWID;
    }

    /** SQLite has one code for whatever it can't make a statement of, and for more. */
    boolean isBadGrammar() {
        return primaryCode() == ERROR && BadGrammar.isSaidBy(String.valueOf(source.getMessage()));
    }
}
