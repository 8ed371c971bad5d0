package io.nsqite.error;

/**
 * Makes the exception that a caller of the queue gets when the database refused something. With Spring the starter brings one that
 * throws Spring's. Called by many threads.
 */
@FunctionalInterface
public interface ErrorTranslation {

    /** What to throw: the failure itself, or what stands for it where the caller lives. */
    RuntimeException translate(DatabaseException failure);

    /** Failures are thrown as they are. */
    static ErrorTranslation none() {
        return failure -> failure;
    }
}
