package io.nsqite.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How long a failed message waits before it is handled again: a first delay that is multiplied after every further
 * failure up to a maximum, each spread at random by the jitter.
 *
 * <p>All are strings, so that they take <code>${...}</code> and <code>#{...}</code>. An empty one comes from
 * {@code nsqite.listener.backoff.*}, which is 1 s, doubling to 5 min, with a jitter of 0.2 unless set.
 *
 * <pre>{@code
 * @NsqiteListener(topic = "orders", channel = "mail", backoff = @Backoff(delay = "500ms", maxDelay = "1m"))
 * }</pre>
 */
@Documented
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface Backoff {

    /** The delay after the first failure, for example {@code 500ms}, {@code 2s} or {@code PT2S}. */
    String delay() default "";

    /** The factor from one delay to the next; 1 or more. */
    String multiplier() default "";

    /** The longest delay, before jitter; not less than the first. */
    String maxDelay() default "";

    /** How far a delay may be off to either side, as a share of it; 0 to 1. */
    String jitter() default "";
}
