package io.nsqite.spring.datasource;

import org.jspecify.annotations.Nullable;

/** There is no data source that the queue can live in, or it can't tell which; ends the start of the application. */
public final class QueueDataSourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String action;

    QueueDataSourceException(String problem, String action, @Nullable Throwable cause) {
        super(problem + " " + action, cause);
        this.problem = problem;
        this.action = action;
    }

    /** What is wrong: sentences. */
    public String problem() {
        return problem;
    }

    /** What to do: sentences. */
    public String action() {
        return action;
    }
}
