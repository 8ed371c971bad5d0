package io.nsqite.producer;

import io.nsqite.error.DatabaseException;
import java.sql.SQLException;

/** The database refused a message, or its cancellation. The cause says why; whether it is stored is known: it is not. */
public final class PublishException extends DatabaseException {

    private static final long serialVersionUID = 1L;

    /** For a call, with what the database said. */
    public PublishException(String call, SQLException cause) {
        super(call, cause);
    }
}
