package io.nsqite.spring.handler;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.support.GenericMessage;

/** Resolves Spring's {@code Message<T>} with the payload read as {@code T}; {@code Message<?>} has the stored bytes. */
final class MessageArgumentResolver implements HandlerMethodArgumentResolver {

    private final Readers readers;

    MessageArgumentResolver(Readers readers) {
        this.readers = readers;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Message.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, Message<?> message) throws Exception {
        Object payload = readers.read(parameter, message);
        if (payload == null) {
            throw new MessageConversionException(message, "the payload is null, where a value is wanted; publish one");
        }
        return new GenericMessage<>(payload, message.getHeaders());
    }
}
