package io.nsqite.spring.handler;

import io.nsqite.message.Delivery;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.SimpleMessageConverter;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.support.PayloadMethodArgumentResolver;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/** Resolves the payload argument, read as its type and then validated as Spring does. */
final class PayloadArgumentResolver extends PayloadMethodArgumentResolver {

    private final Readers readers;

    PayloadArgumentResolver(Readers readers, @Nullable Validator validator) {
        super(new SimpleMessageConverter(), validator);
        this.readers = readers;
    }

    @Override
    public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) throws Exception {
        Object payload = readers.read(parameter, message);
        if (payload == null) {
            return missing(parameter, message);
        }
        validate(message, parameter, payload);
        return isOptional(parameter) ? Optional.of(payload) : payload;
    }

    static boolean isToBeValidated(MethodParameter parameter) {
        return Arrays.stream(parameter.getParameterAnnotations())
                .anyMatch(annotation -> ValidationAnnotationUtils.determineValidationHints(annotation) != null);
    }

    /** Validates a payload that is an element of the parameter's list. */
    void check(MethodParameter parameter, Object payload, Delivery delivery) {
        validate(new GenericMessage<>(payload, new DeliveryHeaders(delivery)), parameter, payload);
    }

    private static @Nullable Object missing(MethodParameter parameter, Message<?> message) {
        if (isOptional(parameter)) {
            return Optional.empty();
        }
        Payload annotation = parameter.getParameterAnnotation(Payload.class);
        if (annotation == null || annotation.required()) {
            throw new MessageConversionException(
                    message,
                    "the payload is null, where a value is wanted; publish one, or say @Payload(required = false)");
        }
        return null;
    }

    private static boolean isOptional(MethodParameter parameter) {
        return parameter.getParameterType() == Optional.class;
    }
}
