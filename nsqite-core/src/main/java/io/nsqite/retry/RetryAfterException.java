package io.nsqite.retry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a handler to have its message tried again after a time of its choice, in place of the backoff's. The attempt
 * counts: after the last one the message is a dead letter all the same. Also found as the cause of another exception.
 *
 * <pre>{@code
 * catch (TooManyRequests e) {
 *     throw new RetryAfterException(e.retryAfter(), e);
 * }
 * }</pre>
 */
public class RetryAfterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration delay;

    /**
     * With a delay and what happened.
     *
     * @throws IllegalArgumentException if the delay is negative, or too long to be counted in milliseconds
     */
    public RetryAfterException(Duration delay, @Nullable Throwable cause) {
        super("To be tried again after " + delay, cause);
        this.delay = Delays.check("delay", delay);
    }

    /** After how long the message is to be tried again. */
    public Duration delay() {
        return delay;
    }
}
