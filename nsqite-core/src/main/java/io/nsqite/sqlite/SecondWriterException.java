package io.nsqite.sqlite;

import java.sql.SQLNonTransientException;

/**
 * A thread whose transaction writes wanted to write through another connection as well. SQLite has one writer, and the first
 * would wait for the second, so it fails at once. Trying again does not help; the message says what does.
 */
public final class SecondWriterException extends SQLNonTransientException {

    private static final long serialVersionUID = 1L;

    /** With who is writing, and what to do. */
    public SecondWriterException(String message) {
        super(message);
    }
}
