package io.nsqite.spring.bus;

import io.nsqite.bus.BusDelivery;
import io.nsqite.bus.BusOptions;
import io.nsqite.bus.BusSubscription;
import io.nsqite.bus.EventBus;
import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.handler.BeanMethod;
import io.nsqite.spring.listener.AnnotatedBean;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * A method that takes an event, its delivery, or both.
 *
 * @param method to be called
 * @param eventType what it takes
 * @param deliveryIndex which argument is the delivery; none if it takes the event alone
 * @param arguments how many it has
 */
record SubscriberMethod(BeanMethod method, Class<?> eventType, int deliveryIndex, int arguments) {

    private static final int NONE = -1;

    /** @throws InvalidListenerException if it can't be called with an event */
    static SubscriberMethod of(Object bean, AnnotatedBean<?> found) {
        Method method = Objects.requireNonNull(found.method(), "the annotation is for methods only");
        String name = found.name();
        BeanMethod invocable = BeanMethod.of(bean, method, name);
        List<ResolvableType> events = new ArrayList<>();
        Optional<ResolvableType> ofDelivery = Optional.empty();
        int deliveryIndex = NONE;
        for (int index = 0; index < method.getParameterCount(); index++) {
            ResolvableType type = ResolvableType.forMethodParameter(method, index, found.beanClass());
            if (type.resolve() == BusDelivery.class && deliveryIndex == NONE) {
                deliveryIndex = index;
                ofDelivery = Optional.of(type.getGeneric(0));
            } else {
                events.add(type);
            }
        }
        if (events.size() > 1 || (events.isEmpty() && deliveryIndex == NONE)) {
            throw invalid(name, "takes %d arguments that could be the event".formatted(events.size()));
        }
        ResolvableType event = events.isEmpty() ? ofDelivery.orElse(ResolvableType.NONE) : events.get(0);
        return new SubscriberMethod(invocable, eventType(event, name), deliveryIndex, method.getParameterCount());
    }

    private static Class<?> eventType(ResolvableType event, String name) {
        Class<?> type = event.resolve();
        if (type == null) {
            throw invalid(name, "does not say of which class its events are");
        }
        return ClassUtils.resolvePrimitiveIfNecessary(type);
    }

    private static InvalidListenerException invalid(String name, String problem) {
        return new InvalidListenerException(
                name,
                problem,
                "Take one argument of the class of the topic's events, and a BusDelivery<ThatClass> if the method answers");
    }

    boolean takesDelivery() {
        return deliveryIndex != NONE;
    }

    BusSubscription subscribe(EventBus bus, String topic, String channel, BusOptions options) {
        if (!takesDelivery()) {
            return bus.subscribe(topic, channel, eventType, options, event -> method.invoke(event));
        }
        return bus.subscribe(
                topic, channel, eventType, options, (event, delivery) -> method.invoke(withDelivery(event, delivery)));
    }

    private Object[] withDelivery(Object event, BusDelivery<?> delivery) {
        if (arguments == 1) {
            return new Object[] {delivery};
        }
        return deliveryIndex == 0 ? new Object[] {delivery, event} : new Object[] {event, delivery};
    }
}
