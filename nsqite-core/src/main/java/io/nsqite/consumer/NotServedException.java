package io.nsqite.consumer;

/** This process does not serve a log at the moment: another one does, or nobody. */
public final class NotServedException extends Exception {

    private static final long serialVersionUID = 1L;

    NotServedException() {
        super("This process does not serve the log");
    }
}
