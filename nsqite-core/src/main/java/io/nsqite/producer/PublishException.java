package io.nsqite.producer;

import java.sql.SQLException;

/** The database refused a message. The cause says why; whether it is stored is known: it is not. */
public final class PublishException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** For a topic, with what the database said. */
    public PublishException(String message, SQLException cause) {
        super(message, cause);
    }

    /** What the database said. */
    @Override
    public synchronized SQLException getCause() {
        return (SQLException) super.getCause();
    }
}
