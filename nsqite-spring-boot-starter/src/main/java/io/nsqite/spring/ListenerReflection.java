package io.nsqite.spring;

import io.nsqite.message.Delivery;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.ReflectiveProcessor;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.util.ClassUtils;

/** What a listener needs in a native image: its method to be called, and its payload to be read as its type. */
final class ListenerReflection implements ReflectiveProcessor {

    private final BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();

    @Override
    public void registerReflectionHints(ReflectionHints hints, AnnotatedElement element) {
        if (element instanceof Method method) {
            registerMethod(hints, method);
        } else if (element instanceof Class<?> type && PayloadHandler.class.isAssignableFrom(type)) {
            registerHandler(hints, type);
        }
    }

    private void registerMethod(ReflectionHints hints, Method method) {
        hints.registerMethod(method, ExecutableMode.INVOKE);
        // called instead where the bean is a proxy of its interfaces
        hints.registerMethod(ClassUtils.getInterfaceMethodIfPossible(method, null), ExecutableMode.INVOKE);
        for (int index = 0; index < method.getParameterCount(); index++) {
            MethodParameter parameter = new MethodParameter(method, index);
            if (hasPayload(parameter)) {
                bind(hints, parameter.getGenericParameterType());
            }
        }
    }

    private void registerHandler(ReflectionHints hints, Class<?> type) {
        hints.registerType(type);
        bind(
                hints,
                ResolvableType.forClass(type)
                        .as(PayloadHandler.class)
                        .getGeneric(0)
                        .getType());
    }

    private void bind(ReflectionHints hints, Type payload) {
        binding.registerReflectionHints(hints, payload);
    }

    private static boolean hasPayload(MethodParameter parameter) {
        if (parameter.hasParameterAnnotation(Header.class) || parameter.hasParameterAnnotation(Headers.class)) {
            return false;
        }
        ResolvableType type = ResolvableType.forMethodParameter(parameter);
        Class<?> element = (type.resolve() == List.class ? type.getGeneric(0) : type).resolve();
        return element != Delivery.class && element != io.nsqite.message.Message.class;
    }
}
