package io.nsqite.spring.listener;

import io.nsqite.spring.InvalidListenerException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;

/**
 * An annotation that was found.
 *
 * @param beanName the bean that it is on
 * @param beanClass the class of the bean, not of a proxy
 * @param method the method that it is on; null if it is on the class
 * @param annotation the annotation, with the attributes of annotations that it is a meta-annotation of
 */
public record AnnotatedBean<A extends Annotation>(
        String beanName, Class<?> beanClass, @Nullable Method method, A annotation) {

    /** Class, method and parameters, for messages. */
    public String name() {
        if (method == null) {
            return beanClass.getName();
        }
        String parameters = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", "));
        return "%s.%s(%s)".formatted(beanClass.getName(), method.getName(), parameters);
    }

    /**
     * Checks that there is one of the bean.
     *
     * @throws InvalidListenerException if there may be several
     */
    public void checkScope(BeanFactory beanFactory) {
        if (!beanFactory.isSingleton(beanName)) {
            throw new InvalidListenerException(
                    name(),
                    "belongs to the bean '%s', which is not a singleton".formatted(beanName),
                    "Move it to a singleton bean that asks for the other where it needs it");
        }
    }
}
