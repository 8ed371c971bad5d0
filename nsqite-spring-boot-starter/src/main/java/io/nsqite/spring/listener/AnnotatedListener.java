package io.nsqite.spring.listener;

import io.nsqite.message.Delivery;
import io.nsqite.spring.AckMode;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.PayloadHandler;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** An annotation of a listener that was found. */
record AnnotatedListener(AnnotatedBean<NsqiteListener> found) {

    private static final Method HANDLE =
            ClassUtils.getMethod(PayloadHandler.class, "handle", Object.class, Delivery.class);

    String beanName() {
        return found.beanName();
    }

    Class<?> beanClass() {
        return found.beanClass();
    }

    /** The method that it is on; null if it is on the class. */
    @Nullable
    Method method() {
        return found.method();
    }

    NsqiteListener annotation() {
        return found.annotation();
    }

    /** Class, method and parameters, for messages. */
    String name() {
        return found.name();
    }

    /** Whether it acknowledges by hand. */
    boolean isManual() {
        return annotation().ackMode() == AckMode.MANUAL;
    }

    /** The method that is called for a message. */
    Method invoked() {
        Method method = method();
        return method == null ? HANDLE : method;
    }
}
