package io.nsqite.spring.listener;

import io.nsqite.spring.AckMode;
import io.nsqite.spring.NsqiteListener;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;

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

    /** Another annotation of the method, or else of the class. */
    <A extends Annotation> @Nullable A own(Class<A> type) {
        A onMethod = method == null ? null : AnnotatedElementUtils.findMergedAnnotation(method, type);
        return onMethod == null ? AnnotatedElementUtils.findMergedAnnotation(beanClass, type) : onMethod;
    }
}
