package io.nsqite.spring.handler;

import io.nsqite.spring.InvalidListenerException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

/**
 * What the parameters of a listener method must be.
 *
 * @param listener its name
 * @param unlessPayload the resolvers of everything but the payload
 */
record ParameterRules(
        String listener,
        List<HandlerMethodArgumentResolver> unlessPayload,
        Readers readers,
        @Nullable Validator validator) {

    void check(MethodParameter[] parameters) {
        List<MethodParameter> payloads =
                Stream.of(parameters).filter(this::isPayload).toList();
        if (payloads.size() > 1) {
            throw new InvalidListenerException(
                    listener,
                    "has %d arguments that could be the payload: %s"
                            .formatted(
                                    payloads.size(),
                                    payloads.stream()
                                            .map(ParameterRules::typeName)
                                            .toList()),
                    "Leave one, and annotate headers with @Header");
        }
        payloads.forEach(this::checkPayload);
        Stream.of(parameters)
                .filter(parameter -> parameter.getParameterType() == Message.class)
                .forEach(this::checkReadable);
    }

    private boolean isPayload(MethodParameter parameter) {
        return unlessPayload.stream().noneMatch(resolver -> resolver.supportsParameter(parameter));
    }

    private void checkPayload(MethodParameter parameter) {
        Payload annotation = parameter.getParameterAnnotation(Payload.class);
        if (annotation != null && !annotation.expression().isEmpty()) {
            throw new InvalidListenerException(
                    listener,
                    "has an expression in @Payload, which is not supported",
                    "Take the whole payload and pick the part in the method");
        }
        if (parameter.getParameterType() == List.class && !ElementReaders.arePayloads(parameter)) {
            throw new InvalidListenerException(
                    listener, "takes a %s, but has no batchSize".formatted(typeName(parameter)), "Give it a batchSize");
        }
        checkValidation(parameter, parameter.nestedIfOptional().getNestedParameterType());
        checkReadable(parameter);
    }

    /** What a batch method must be. */
    void checkBatch(MethodParameter[] parameters) {
        new BatchParameterRules(listener).check(parameters);
        for (MethodParameter parameter : parameters) {
            checkValidation(parameter, ElementReaders.elementType(parameter).resolve(Object.class));
        }
    }

    private void checkValidation(MethodParameter parameter, Class<?> validated) {
        if (asksForValidation(parameter) && (validator == null || !validator.supports(validated))) {
            throw new InvalidListenerException(
                    listener,
                    "asks for validation of %s, but there is nothing to validate it with"
                            .formatted(typeName(parameter)),
                    "Add spring-boot-starter-validation, or declare a bean of Validator that supports the type");
        }
    }

    private static boolean asksForValidation(MethodParameter parameter) {
        return Stream.of(parameter.getParameterAnnotations())
                .anyMatch(annotation -> ValidationAnnotationUtils.determineValidationHints(annotation) != null);
    }

    private void checkReadable(MethodParameter parameter) {
        try {
            readers.of(parameter);
        } catch (IllegalArgumentException e) {
            throw unreadable(listener, parameter, e);
        }
    }

    static final String READABLE = "Take byte[], String, or a class that the application's JsonMapper can read";

    static InvalidListenerException unreadable(String listener, MethodParameter parameter, Exception cause) {
        return new InvalidListenerException(
                listener,
                "can't be given its argument %s: %s".formatted(typeName(parameter), cause.getMessage()),
                READABLE,
                cause);
    }

    static String typeName(MethodParameter parameter) {
        return parameter.getGenericParameterType().getTypeName();
    }
}
