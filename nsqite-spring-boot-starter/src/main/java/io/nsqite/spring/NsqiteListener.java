package io.nsqite.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Handles the messages of a channel with a method, or with a class that implements {@link PayloadHandler}.
 *
 * <pre>{@code
 * @NsqiteListener(topic = "orders", channel = "mail", concurrency = 4)
 * void send(OrderPlaced event, @Header(NsqiteHeaders.ATTEMPT) int attempt) { ... }
 * }</pre>
 *
 * <p>A message is acknowledged when the method returns, and tried again after a delay when it throws, until its attempts
 * are used up; then it is a dead letter. Delivery is at least once: after a crash a message may come again.
 *
 * <p>The method belongs to a singleton bean, is not private, not static and not asynchronous, and returns {@code void}. Its
 * arguments may be the payload ({@code byte[]} as stored, {@code String} as UTF-8, any other type read as JSON), with
 * {@code @Payload @Valid} checked before; {@code @Header} and {@code @Headers} with the names of {@link NsqiteHeaders};
 * Spring's {@code Message<T>}; {@link io.nsqite.message.Message}; and {@link io.nsqite.message.Delivery}. With
 * {@link #batchSize()} they are lists of payloads, of either {@code Message} or of {@code Delivery}. It is called by up to
 * {@link #concurrency()} threads at a time.
 *
 * <p>Of a setting that is given in several places the strongest wins: the property {@code nsqite.listeners[<id>].*}, the
 * annotation, the property {@code nsqite.listener.*}, the built-in default.
 *
 * <p>May be repeated, and used as a meta-annotation with {@code @AliasFor}. Anything wrong with it ends the start of the
 * application with a message that names the method.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Reflective(ListenerReflection.class)
@Repeatable(NsqiteListeners.class)
public @interface NsqiteListener {

    /** The value of a number that is not given. */
    int UNSET = Integer.MIN_VALUE;

    /** The name of the listener in the properties; {@code <topic>.<channel>} when empty. Takes placeholders. */
    String id() default "";

    /** The topic: 1 to 64 characters of {@code a-z A-Z 0-9 . _ -}. Takes placeholders. */
    String topic();

    /** The channel: 1 to 64 characters of {@code a-z A-Z 0-9 . _ -}. Takes placeholders. */
    String channel();

    /** How often a message is handled before it becomes a dead letter; 0 is without end. 10 unless given. */
    int maxAttempts() default UNSET;

    /** The same as {@link #maxAttempts()}, with placeholders. */
    String maxAttemptsString() default "";

    /**
     * How many handlers run side by side; 1 to 1000. 1 unless given. With {@link AckMode#MANUAL} also how many deliveries (times the {@link
     * #batchSize()}) may be open at a time: a message is being handled until it is answered.
     */
    int concurrency() default UNSET;

    /** The same as {@link #concurrency()}, with placeholders. */
    String concurrencyString() default "";

    /**
     * If given, the method takes lists, and gets as many messages as wait, up to this; none is waited for. 1 to 10,000. Without
     * it a list is one payload, read from a JSON array. A {@link io.nsqite.consumer.BatchElementFailedException} names the
     * element that failed; a message whose payload can't be read fails alone.
     */
    int batchSize() default UNSET;

    /** The same as {@link #batchSize()}, with placeholders. */
    String batchSizeString() default "";

    /**
     * Who acknowledges. With {@link AckMode#MANUAL} the method needs a {@link io.nsqite.message.Delivery}, or a list of them, which may be
     * answered after it has returned, by any thread; one that is neither answered nor touched within {@code
     * nsqite.listener.ack-lease} (1 minute) comes back.
     */
    AckMode ackMode() default AckMode.AUTO;

    /**
     * Whether the method runs in a transaction on the queue's database with which its acknowledgement commits, so that its
     * writes there take effect exactly once. Anything that it throws rolls back, and so does a transaction that was marked
     * rollback-only, which counts as a failure. The database is not locked before the method's first statement. Not for
     * {@link AckMode#MANUAL}.
     */
    boolean transactional() default false;

    /** The bean that manages transactions for {@link #transactional()}; the only or primary one when empty. Takes placeholders. */
    String transactionManager() default "";

    /**
     * Whether messages with the same key are handled one at a time, in the order of publishing, across failures and restarts;
     * messages without a key are not. When one becomes a dead letter the next of its key goes on, unless {@code
     * nsqite.listener.hold-key-behind-dead-letter} says otherwise. Not for batches of more than one.
     */
    boolean ordered() default false;

    /** Where the channel starts when it is created. */
    StartFrom startFrom() default StartFrom.DEFAULT;

    /** How long a failed message waits. */
    Backoff backoff() default @Backoff;

    /**
     * If given, only a failure that is, or is caused by, one of these is tried again; another makes the message a dead letter
     * at once. When it is tried again a {@link io.nsqite.retry.RetryAfterException} may say.
     */
    Class<? extends Throwable>[] retryFor() default {};

    /** A failure that is, or is caused by, one of these makes the message a dead letter at once. */
    Class<? extends Throwable>[] noRetryFor() default {};

    /**
     * The bean of {@link io.nsqite.consumer.FailureHandler} that decides what becomes of a message whose attempt has failed. When empty,
     * {@code nsqite.listener.error-handler} names it, or else the only or primary such bean is taken; without one the other settings
     * decide. Takes placeholders.
     */
    String errorHandler() default "";

    /** {@code true} or {@code false}: whether the listener starts with the application. Takes placeholders. */
    String autoStartup() default "";
}
