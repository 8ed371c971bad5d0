package io.nsqite.spring.handler;

import io.nsqite.spring.InvalidListenerException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.annotation.Async;

/** What a method must be to become a listener. */
final class MethodRules {

    private MethodRules() {}

    static void check(ListenerCandidate candidate) {
        Method method = candidate.method();
        String name = candidate.name();
        if (Modifier.isPrivate(method.getModifiers())) {
            throw new InvalidListenerException(
                    name, "is private", "Make it package-private or public, so that it can be called through a proxy");
        }
        if (Modifier.isStatic(method.getModifiers())) {
            throw new InvalidListenerException(name, "is static", "Make it a method of the bean");
        }
        if (Modifier.isFinal(method.getModifiers()) && AopUtils.isCglibProxy(candidate.bean())) {
            throw new InvalidListenerException(
                    name, "is final, while its bean is a proxy that can't pass on final methods", "Remove the final");
        }
        if (method.getReturnType() != void.class) {
            throw new InvalidListenerException(
                    name,
                    "returns " + method.getReturnType().getName(),
                    "Return void: a message is acknowledged when the method returns, whatever it returns");
        }
        checkSynchronous(method, AopUtils.getTargetClass(candidate.bean()), name);
    }

    static void checkSynchronous(Method method, Class<?> beanClass, String name) {
        if (AnnotatedElementUtils.hasAnnotation(method, Async.class)
                || AnnotatedElementUtils.hasAnnotation(beanClass, Async.class)) {
            throw new InvalidListenerException(
                    name,
                    "is @Async: messages would be acknowledged before they are handled",
                    "Remove @Async; handlers run on threads of their own, as many as the listener's concurrency says");
        }
    }

    /** The method to call: of the bean's class, or, if the bean is a JDK proxy, that of one of its interfaces. */
    static Method invocable(ListenerCandidate candidate) {
        try {
            return AopUtils.selectInvocableMethod(
                    candidate.method(), candidate.bean().getClass());
        } catch (IllegalStateException e) {
            throw new InvalidListenerException(
                    candidate.name(),
                    "can't be called: its bean is a JDK proxy whose interfaces don't have the method",
                    "Add the method to an interface of the bean, or let Spring proxy the class"
                            + " (spring.aop.proxy-target-class=true, the default)",
                    e);
        }
    }
}
