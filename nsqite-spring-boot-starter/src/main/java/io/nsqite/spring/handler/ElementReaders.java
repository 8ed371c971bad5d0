package io.nsqite.spring.handler;

import io.nsqite.message.Delivery;
import io.nsqite.spring.PayloadDecoder;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/** Finds out what the elements of a batch method's lists are made of. */
final class ElementReaders {

    private final PayloadDecoder decoder;
    private final PayloadArgumentResolver payloads;

    ElementReaders(PayloadDecoder decoder, PayloadArgumentResolver payloads) {
        this.decoder = decoder;
        this.payloads = payloads;
    }

    /** @throws IllegalArgumentException if payloads can't be read as such elements */
    ElementReader of(MethodParameter parameter) {
        ResolvableType element = elementType(parameter);
        Class<?> raw = element.resolve(Object.class);
        if (raw == Delivery.class) {
            return delivery -> delivery;
        }
        if (raw == io.nsqite.message.Message.class) {
            return Delivery::message;
        }
        return raw == Message.class ? springMessages(element) : payloads(parameter, element);
    }

    private ElementReader springMessages(ResolvableType message) {
        ResolvableType payload = message.getGeneric(0);
        boolean asStored = payload.resolve(Object.class) == Object.class;
        ElementReader bare =
                DirectArguments.payload(decoder.readerFor(asStored ? ResolvableType.forClass(byte[].class) : payload));
        return delivery -> new GenericMessage<>(bare.read(delivery), new DeliveryHeaders(delivery));
    }

    private ElementReader payloads(MethodParameter parameter, ResolvableType element) {
        ElementReader bare = DirectArguments.payload(decoder.readerFor(element));
        if (!PayloadArgumentResolver.isToBeValidated(parameter)) {
            return bare;
        }
        return delivery -> {
            Object payload = bare.read(delivery);
            payloads.check(parameter, payload, delivery);
            return payload;
        };
    }

    static ResolvableType elementType(MethodParameter parameter) {
        return ResolvableType.forMethodParameter(parameter).getGeneric(0);
    }

    /** Whether the elements are the payloads, rather than what they came in. */
    static boolean arePayloads(MethodParameter parameter) {
        Class<?> element = elementType(parameter).resolve(Object.class);
        return element != Delivery.class && element != io.nsqite.message.Message.class && element != Message.class;
    }
}
