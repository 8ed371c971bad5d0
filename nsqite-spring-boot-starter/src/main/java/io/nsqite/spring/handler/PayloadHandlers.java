package io.nsqite.spring.handler;

import io.nsqite.consumer.MessageHandler;
import io.nsqite.message.Delivery;
import io.nsqite.spring.PayloadDecoder;
import io.nsqite.spring.PayloadHandler;
import java.lang.reflect.Method;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.util.ClassUtils;

/** Payload handlers as message handlers. */
final class PayloadHandlers {

    private static final Method HANDLE =
            ClassUtils.getMethod(PayloadHandler.class, "handle", Object.class, Delivery.class);

    private PayloadHandlers() {}

    @SuppressWarnings("unchecked") // the reader was made for the handler's type
    static MessageHandler adapt(PayloadHandler<?> handler, PayloadDecoder.Reader reader, String name) {
        PayloadHandler<Object> typed = (PayloadHandler<Object>) handler;
        return delivery -> typed.handle(read(reader, delivery, name), delivery);
    }

    private static Object read(PayloadDecoder.Reader reader, Delivery delivery, String name) {
        Object payload;
        try {
            payload = reader.read(delivery.message().payload());
        } catch (Exception e) {
            throw new UnusableMessageException(delivery.message(), name, e);
        }
        if (payload == null) {
            throw new UnusableMessageException(
                    delivery.message(),
                    name,
                    new IllegalArgumentException("the payload is null, where a value is wanted; publish one"));
        }
        return payload;
    }

    /** The method that a class implements {@link PayloadHandler} with. */
    static Method handleMethod(Class<?> handlerClass) {
        return BridgeMethodResolver.findBridgedMethod(ClassUtils.getMostSpecificMethod(HANDLE, handlerClass));
    }
}
