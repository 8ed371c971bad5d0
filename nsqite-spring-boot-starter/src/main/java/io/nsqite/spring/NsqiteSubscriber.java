package io.nsqite.spring;

import io.nsqite.bus.BusDelivery;
import io.nsqite.bus.BusFailureHandler;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Handles the events of a topic of the {@link io.nsqite.bus.EventBus} with a method. What has the name of an attribute of {@link NsqiteListener}
 * means the same; but nothing is stored, so there are neither dead letters nor replay, and what waits is lost with the process.
 *
 * <pre>{@code
 * @NsqiteSubscriber(topic = "prices", channel = "chart", queueSize = 10_000, whenFull = WhenFull.DISCARD)
 * void draw(PriceChanged event) { ... }
 * }</pre>
 *
 * <p>The method belongs to a singleton bean, is not private, not static and not asynchronous, and returns {@code void}. Its arguments are the event
 * and, if it likes, the {@link BusDelivery}. The event's type is that of all events of the topic: publishing another is refused.
 *
 * <p>Of a setting that is given in several places the strongest wins: the property {@code nsqite.bus.subscribers[<topic>.<channel>].*}, the
 * annotation, the property {@code nsqite.bus.subscriber.*}, the built-in default.
 *
 * <p>May be repeated, and used as a meta-annotation with {@code @AliasFor}. Anything wrong with it ends the start of the
 * application with a message that names the method.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Reflective(SubscriberReflection.class)
@Repeatable(NsqiteSubscribers.class)
public @interface NsqiteSubscriber {

    /** The value of a number that is not given. */
    int UNSET = NsqiteListener.UNSET;

    /** The topic: 1 to 64 characters of {@code a-z A-Z 0-9 . _ -}. Takes placeholders. */
    String topic();

    /** The channel: 1 to 64 characters of {@code a-z A-Z 0-9 . _ -}, served by one subscriber. Takes placeholders. */
    String channel();

    /** How many handlers run side by side; 1 to 1000. 1 unless given. With {@link AckMode#MANUAL} also how many deliveries may be open at a time. */
    int concurrency() default UNSET;

    /** The same as {@link #concurrency()}, with placeholders. */
    String concurrencyString() default "";

    /** How many events may wait, those that wait for a retry included; 1 to 10,000,000. 1024 unless given. */
    int queueSize() default UNSET;

    /** The same as {@link #queueSize()}, with placeholders. */
    String queueSizeString() default "";

    /** What becomes of an event beyond that. */
    WhenFull whenFull() default WhenFull.DEFAULT;

    /** How often an event is handled before it is given up; 0 is without end. 10 unless given. */
    int maxAttempts() default UNSET;

    /** The same as {@link #maxAttempts()}, with placeholders. */
    String maxAttemptsString() default "";

    /**
     * Who acknowledges. With {@link AckMode#MANUAL} the method needs a {@link BusDelivery}, which may be answered after it has returned, by any
     * thread; one that is neither answered nor touched within {@code nsqite.bus.subscriber.ack-lease} (1 minute) comes back.
     */
    AckMode ackMode() default AckMode.AUTO;

    /** How long a failed event waits; what is empty comes from {@code nsqite.bus.subscriber.backoff.*}. */
    Backoff backoff() default @Backoff;

    /** If given, only a failure that is, or is caused by, one of these is tried again; after another the event is given up at once. */
    Class<? extends Throwable>[] retryFor() default {};

    /** After a failure that is, or is caused by, one of these the event is given up at once. */
    Class<? extends Throwable>[] noRetryFor() default {};

    /**
     * The bean of {@link BusFailureHandler} that gets what is given up. When empty, {@code nsqite.bus.subscriber.error-handler} names it, or else the
     * only or primary such bean is taken; without one there is a line in the log. Takes placeholders.
     */
    String errorHandler() default "";

    /** {@code true} or {@code false}: whether it subscribes with the application. Takes placeholders. */
    String autoStartup() default "";
}
