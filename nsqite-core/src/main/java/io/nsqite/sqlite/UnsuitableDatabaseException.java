package io.nsqite.sqlite;

import io.nsqite.error.SetupException;
import org.jspecify.annotations.Nullable;

/** A URL, a property or a file that can't be used as it is. Says which {@link Problem}, what was found, and what to do. */
public final class UnsuitableDatabaseException extends SetupException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;

    /** What is wrong. */
    public enum Problem {
        /** The URL is none of SQLite's. */
        NOT_SQLITE,
        /** The file exists, but is no SQLite database. */
        NOT_A_DATABASE,
        /** The database lives in memory, where connections can't share it safely. */
        IN_MEMORY,
        /** The folder of the file does not exist. */
        MISSING_FOLDER,
        /** The path of the file, or a link in it, can't be followed. */
        UNRESOLVED_PATH,
        /** The database stays in another journal mode than WAL. */
        JOURNAL_MODE,
        /** The database can only be read. */
        READ_ONLY,
        /** A setting of the driver that breaks transactions behind a pool. */
        TRANSACTION_MODE,
        /** Another copy of the driver, of another class loader, has the file open. */
        SECOND_DRIVER,
        /** There is no driver for SQLite on the class path. */
        NO_DRIVER,
        /** A property has a value that makes no sense. */
        INVALID_SETTING
    }

    /**
     * With a description of what was wanted and found, and the action that cures it, each a full sentence or more.
     */
    public UnsuitableDatabaseException(Problem problem, String description, String action) {
        super(description, action);
        this.problem = problem;
    }

    /** The same, with a cause. */
    public UnsuitableDatabaseException(Problem problem, String description, String action, @Nullable Throwable cause) {
        super(description, action, cause);
        this.problem = problem;
    }

    /** What is wrong, for programs. */
    public Problem problem() {
        return problem;
    }
}
