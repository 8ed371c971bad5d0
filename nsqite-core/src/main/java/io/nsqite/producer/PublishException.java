package io.nsqite.producer;

import java.sql.SQLException;

/** The database refused a message. The cause says why; whether it is stored is known: it is not. */
public final class PublishException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** For a topic, with what the database said. */
    public PublishException(String message, SQLException cause) {
        super(message, cause);
    }

    /** SQLite's result code, such as 5 for a database that is locked and 13 for a full disk. */
    public int errorCode() {
        return getCause() instanceof SQLException sql ? sql.getErrorCode() : 0;
    }
}
