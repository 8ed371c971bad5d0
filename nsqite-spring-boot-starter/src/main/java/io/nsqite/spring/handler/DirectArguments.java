package io.nsqite.spring.handler;

import io.nsqite.message.Delivery;
import io.nsqite.message.Message;
import io.nsqite.spring.PayloadDecoder.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

/**
 * The arguments of a method that takes nothing but what a delivery has: its payload without annotations, its message, or itself. That is
 * most methods, and saves each call a Spring message with all its headers.
 */
final class DirectArguments {

    private final List<ElementReader> readers;

    private DirectArguments(List<ElementReader> readers) {
        this.readers = readers;
    }

    /**
     * For a method with these parameters; empty if it takes something else.
     *
     * @param unlessPayload the resolvers of everything but the payload
     */
    static Optional<DirectArguments> of(
            MethodParameter[] parameters, List<HandlerMethodArgumentResolver> unlessPayload, Readers readers) {
        List<ElementReader> found = new ArrayList<>();
        for (MethodParameter parameter : parameters) {
            Class<?> type = parameter.getParameterType();
            if (type == Delivery.class) {
                found.add(delivery -> delivery);
            } else if (type == Message.class) {
                found.add(Delivery::message);
            } else if (isBarePayload(parameter, unlessPayload)) {
                found.add(payload(readers.of(parameter)));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new DirectArguments(List.copyOf(found)));
    }

    private static boolean isBarePayload(MethodParameter parameter, List<HandlerMethodArgumentResolver> unlessPayload) {
        return parameter.getParameterAnnotations().length == 0
                && parameter.getParameterType() != Optional.class
                && unlessPayload.stream().noneMatch(resolver -> resolver.supportsParameter(parameter));
    }

    static ElementReader payload(Reader reader) {
        return delivery -> {
            Object payload = reader.read(delivery.message().payload());
            if (payload == null) {
                throw new IllegalArgumentException("the payload is null, where a value is wanted; publish one");
            }
            return payload;
        };
    }

    /** Makes them. */
    @Nullable
    Object[] of(Delivery delivery) throws Exception {
        Object[] arguments = new Object[readers.size()];
        for (int index = 0; index < arguments.length; index++) {
            arguments[index] = readers.get(index).read(delivery);
        }
        return arguments;
    }
}
