package io.nsqite.benchmarks.harness;

/** A trial did not do what it was to do, so its figures are worth nothing. */
public final class WrongCountException extends IllegalStateException {

    public WrongCountException(String message) {
        super(message);
    }

    /** Checks that as many were handled as should have been. */
    public static void check(String what, long expected, long found) {
        if (expected != found) {
            throw new WrongCountException("%s: %,d were expected, %,d found; the figures of this run are worth nothing"
                    .formatted(what, expected, found));
        }
    }
}
