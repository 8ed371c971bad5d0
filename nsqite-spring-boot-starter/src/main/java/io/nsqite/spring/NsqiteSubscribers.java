package io.nsqite.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/** Several {@link NsqiteSubscriber} on one method; the compiler writes it. */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Reflective(SubscriberReflection.class)
public @interface NsqiteSubscribers {

    /** The subscribers. */
    NsqiteSubscriber[] value();
}
