package io.nsqite.spring.handler;

import io.nsqite.spring.PayloadDecoder;
import io.nsqite.spring.PayloadDecoder.Reader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;

/** Reads payloads for parameters: each has a reader of its own, made once. */
final class Readers {

    private final Map<MethodParameter, Reader> readers = new ConcurrentHashMap<>();
    private final PayloadDecoder decoder;

    Readers(PayloadDecoder decoder) {
        this.decoder = decoder;
    }

    @Nullable
    Object read(MethodParameter parameter, Message<?> message) throws Exception {
        return of(parameter).read((byte[]) message.getPayload());
    }

    /** @throws IllegalArgumentException if payloads can't be read as the parameter's type */
    Reader of(MethodParameter parameter) {
        return readers.computeIfAbsent(parameter, key -> decoder.readerFor(payloadType(key)));
    }

    /** The parameter's type, or what is inside of {@code Message<...>} or {@code Optional<...>}. */
    private static ResolvableType payloadType(MethodParameter parameter) {
        ResolvableType type = ResolvableType.forMethodParameter(parameter);
        if (type.resolve() != Message.class) {
            return ResolvableType.forMethodParameter(parameter.nestedIfOptional());
        }
        ResolvableType payload = type.getGeneric(0);
        return payload.resolve(Object.class) == Object.class ? ResolvableType.forClass(byte[].class) : payload;
    }
}
