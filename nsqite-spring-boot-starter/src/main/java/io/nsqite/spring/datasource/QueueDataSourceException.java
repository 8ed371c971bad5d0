package io.nsqite.spring.datasource;

import io.nsqite.error.SetupException;
import org.jspecify.annotations.Nullable;

/** There is no data source that the queue can live in, or it can't tell which; ends the start of the application. */
public final class QueueDataSourceException extends SetupException {

    private static final long serialVersionUID = 1L;

    QueueDataSourceException(String description, String action, @Nullable Throwable cause) {
        super(description, action, cause);
    }
}
