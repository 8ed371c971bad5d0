package io.nsqite.spring.handler;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/** A method of a bean, which may be behind a proxy, to be called with arguments that the caller makes. */
public final class BeanMethod {

    private final Object bean;
    private final Method target;

    private BeanMethod(Object bean, Method target) {
        this.bean = bean;
        this.target = target;
    }

    /**
     * Checked like a listener's.
     *
     * @param bean the bean, which may be a proxy
     * @param method the method as the bean's class declares it
     * @param name class, method and parameters, for messages
     * @throws io.nsqite.spring.InvalidListenerException if it can't be called
     */
    public static BeanMethod of(Object bean, Method method, String name) {
        return of(new ListenerCandidate(bean, method, name));
    }

    static BeanMethod of(ListenerCandidate candidate) {
        MethodRules.check(candidate);
        Method target = MethodRules.invocable(candidate);
        ReflectionUtils.makeAccessible(target);
        return new BeanMethod(candidate.bean(), target);
    }

    /** Calls it; what it throws is thrown as it is. */
    public void invoke(@Nullable Object... arguments) throws Exception {
        try {
            target.invoke(bean, arguments);
        } catch (InvocationTargetException e) {
            ReflectionUtils.rethrowException(e.getTargetException());
            throw e;
        }
    }
}
