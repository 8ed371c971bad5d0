package io.nsqite.error;

import org.jspecify.annotations.Nullable;

/**
 * Something can't be used as it is set up: a database, a setting, a listener. Trying again does not help, somebody has to change it; so it
 * usually ends the start of the application, whose report takes {@link #description()} and {@link #action()} apart.
 */
public abstract class SetupException extends NsqiteException {

    private static final long serialVersionUID = 1L;

    private final String description;
    private final String action;

    /**
     * With both parts, each a sentence or more.
     *
     * @param description what was wanted and what was found
     * @param action what to do
     */
    protected SetupException(String description, String action) {
        super(description + " " + action);
        this.description = description;
        this.action = action;
    }

    /** The same, with a cause. */
    protected SetupException(String description, String action, @Nullable Throwable cause) {
        super(description + " " + action, cause);
        this.description = description;
        this.action = action;
    }

    /** What was wanted and what was found. */
    public final String description() {
        return description;
    }

    /** What to do. */
    public final String action() {
        return action;
    }
}
