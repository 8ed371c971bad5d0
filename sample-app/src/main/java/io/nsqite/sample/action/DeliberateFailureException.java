package io.nsqite.sample.action;

/** The caller asked for a failure after everything was written. */
public class DeliberateFailureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DeliberateFailureException(ActionRecorded event) {
        super("Failed on purpose after '%s' of content '%s' was stored and published; both were rolled back"
                .formatted(event.action(), event.contentId()));
    }
}
