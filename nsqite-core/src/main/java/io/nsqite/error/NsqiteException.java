package io.nsqite.error;

import org.jspecify.annotations.Nullable;

/**
 * The base of the unchecked exceptions that are the queue's own. There are two kinds: a {@link SetupException} says that something
 * can't be used as it is set up, a {@link DatabaseException} that the database refused a call.
 *
 * <p>The queue throws those of the JDK where they say it all: {@link IllegalArgumentException} for a value that can't be, and
 * {@link IllegalStateException} for a call that can't be at this time, such as a second answer.
 */
public abstract class NsqiteException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what was wanted, what was found, and what to do. */
    protected NsqiteException(String message) {
        super(message);
    }

    /** The same, with a cause. */
    protected NsqiteException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
