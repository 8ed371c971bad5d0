package io.nsqite.spring.bus;

import io.nsqite.bus.BusFailureHandler;
import io.nsqite.spring.InvalidListenerException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ListableBeanFactory;

/** Finds the beans that get what subscribers give up. */
final class BusFailureHandlers {

    private final ListableBeanFactory beanFactory;

    BusFailureHandlers(ListableBeanFactory beanFactory) {
        this.beanFactory = beanFactory;
    }

    /**
     * The one for a subscriber.
     *
     * @param subscriber its name, for messages
     * @param beanName the bean; if null, the only or primary one
     * @return null if there is none, or none of several is primary
     * @throws InvalidListenerException if there is no such bean
     */
    @Nullable
    BusFailureHandler of(String subscriber, @Nullable String beanName) {
        if (beanName == null) {
            return beanFactory.getBeanProvider(BusFailureHandler.class).getIfUnique();
        }
        try {
            return beanFactory.getBean(beanName, BusFailureHandler.class);
        } catch (BeansException e) {
            throw new InvalidListenerException(
                    subscriber,
                    "has the error handler '%s', but of BusFailureHandler there are %s"
                            .formatted(beanName, List.of(beanFactory.getBeanNamesForType(BusFailureHandler.class))),
                    "Declare a BusFailureHandler bean of that name, or correct the name, in the annotation's errorHandler or in the"
                            + " properties nsqite.bus.subscribers[<topic>.<channel>].error-handler or nsqite.bus.subscriber.error-handler.",
                    e);
        }
    }
}
