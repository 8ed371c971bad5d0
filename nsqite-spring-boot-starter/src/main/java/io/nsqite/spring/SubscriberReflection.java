package io.nsqite.spring;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.ReflectiveProcessor;
import org.springframework.util.ClassUtils;

/** What a subscriber needs in a native image: its method to be called. Events are passed as they are. */
final class SubscriberReflection implements ReflectiveProcessor {

    @Override
    public void registerReflectionHints(ReflectionHints hints, AnnotatedElement element) {
        if (element instanceof Method method) {
            hints.registerMethod(method, ExecutableMode.INVOKE);
            // called instead where the bean is a proxy of its interfaces
            hints.registerMethod(ClassUtils.getInterfaceMethodIfPossible(method, null), ExecutableMode.INVOKE);
        }
    }
}
