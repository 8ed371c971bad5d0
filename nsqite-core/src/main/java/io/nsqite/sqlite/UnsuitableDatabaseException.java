package io.nsqite.sqlite;

/** A URL, a property or a file that can't be used as it is. Says which {@link Problem}, what was found, and what to do. */
public final class UnsuitableDatabaseException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final String description;
    private final String action;

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
        super(description + " " + action);
        this.problem = problem;
        this.description = description;
        this.action = action;
    }

    /** What is wrong, for programs. */
    public Problem problem() {
        return problem;
    }

    /** What was wanted and what was found. */
    public String description() {
        return description;
    }

    /** What to do. */
    public String action() {
        return action;
    }
}
