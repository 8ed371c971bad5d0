package io.nsqite.spring.handler;

import io.nsqite.spring.InvalidListenerException;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;

/**
 * What the parameters of a batch method must be: lists.
 *
 * @param listener its name
 */
record BatchParameterRules(String listener) {

    void check(MethodParameter[] parameters) {
        if (parameters.length == 0) {
            throw new InvalidListenerException(
                    listener,
                    "has a batchSize, but no argument",
                    "Let it take a List of payloads, of io.nsqite.message.Message or of Delivery");
        }
        Stream.of(parameters).forEach(this::checkList);
        List<String> payloads = Stream.of(parameters)
                .filter(ElementReaders::arePayloads)
                .map(ParameterRules::typeName)
                .toList();
        if (payloads.size() > 1) {
            throw new InvalidListenerException(
                    listener,
                    "has %d arguments that could be the payloads: %s".formatted(payloads.size(), payloads),
                    "Leave one, and take what else is needed from a List<Delivery>");
        }
    }

    private void checkList(MethodParameter parameter) {
        if (parameter.hasParameterAnnotation(Header.class) || parameter.hasParameterAnnotation(Headers.class)) {
            throw new InvalidListenerException(
                    listener,
                    "has a batchSize and an argument annotated with @Header or @Headers, which a batch has none of",
                    "Take a List<Delivery>, or of Spring's Message, and ask each for its headers");
        }
        if (parameter.getParameterType() != List.class) {
            throw new InvalidListenerException(
                    listener,
                    "has a batchSize, but its argument %s is no List".formatted(ParameterRules.typeName(parameter)),
                    "Take a List<%s>, or remove batchSize to get one message at a time"
                            .formatted(ParameterRules.typeName(parameter)));
        }
        if (ElementReaders.elementType(parameter).resolve() == null) {
            throw new InvalidListenerException(
                    listener,
                    "does not say what the elements of its argument %s are read as"
                            .formatted(ParameterRules.typeName(parameter)),
                    "Take a List of a class, for example List<String>");
        }
    }
}
