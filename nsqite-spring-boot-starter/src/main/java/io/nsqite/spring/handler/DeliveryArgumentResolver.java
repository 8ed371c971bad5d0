package io.nsqite.spring.handler;

import io.nsqite.message.Delivery;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

/** Resolves arguments of {@link Delivery} and of the queue's own {@link io.nsqite.message.Message}. */
final class DeliveryArgumentResolver implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        return type == Delivery.class || type == io.nsqite.message.Message.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, Message<?> message) {
        Delivery delivery = DeliveryHeaders.delivery(message.getHeaders());
        return parameter.getParameterType() == Delivery.class ? delivery : delivery.message();
    }
}
