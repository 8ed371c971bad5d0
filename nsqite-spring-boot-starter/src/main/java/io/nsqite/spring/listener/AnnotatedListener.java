package io.nsqite.spring.listener;

import io.nsqite.message.Delivery;
import io.nsqite.spring.AckMode;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.PayloadHandler;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * An annotation that was found.
 *
 * @param beanName the bean that it is on
 * @param beanClass the class of the bean, not of a proxy
 * @param method the method that it is on; null if it is on the class
 * @param annotation the annotation, with the attributes of annotations that it is a meta-annotation of
 */
record AnnotatedListener(
        String beanName, Class<?> beanClass, @Nullable Method method, NsqiteListener annotation) {

    private static final Method HANDLE =
            ClassUtils.getMethod(PayloadHandler.class, "handle", Object.class, Delivery.class);

    /** Class, method and parameters, for messages. */
    String name() {
        if (method == null) {
            return beanClass.getName();
        }
        String parameters = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", "));
        return "%s.%s(%s)".formatted(beanClass.getName(), method.getName(), parameters);
    }

    /** Whether it acknowledges by hand. */
    boolean isManual() {
        return annotation.ackMode() == AckMode.MANUAL;
    }

    /** The method that is called for a message. */
    Method invoked() {
        return method == null ? HANDLE : method;
    }
}
