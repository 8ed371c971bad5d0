package io.nsqite.message;

import org.jspecify.annotations.Nullable;

/**
 * A delivery is answered, but that could not be written in time, as the database is locked or the thread was interrupted. The answer stands, and is written
 * as soon as that is possible; if the process ends before, the message is handled again. Unlike with other illegal states nothing was done wrongly.
 */
public final class AnswerNotWrittenException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** @param cause null if the database is locked */
    public AnswerNotWrittenException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
