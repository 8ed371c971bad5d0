package io.nsqite.spring;

import io.nsqite.error.SetupException;
import org.jspecify.annotations.Nullable;

/** A listener that can't work; ends the start of the application. */
public final class InvalidListenerException extends SetupException {

    private static final long serialVersionUID = 1L;

    private final String listener;
    private final String problem;

    /**
     * Says what is wrong and what to do.
     *
     * @param listener the method or class
     * @param problem what is wrong with it, to be read after its name
     * @param action what to do, a sentence
     */
    public InvalidListenerException(String listener, String problem, String action) {
        this(listener, problem, action, null);
    }

    /** The same, with a cause. */
    public InvalidListenerException(String listener, String problem, String action, @Nullable Throwable cause) {
        super("The listener %s %s.".formatted(listener, problem), action, cause);
        this.listener = listener;
        this.problem = problem;
    }

    /** The method or class. */
    public String listener() {
        return listener;
    }

    /** What is wrong with it. */
    public String problem() {
        return problem;
    }
}
