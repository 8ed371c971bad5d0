package io.nsqite.spring.listener;

import io.nsqite.consumer.FailureHandler;
import io.nsqite.spring.InvalidListenerException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanNotOfRequiredTypeException;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;

/** Finds the beans that judge the failures of listeners. */
public final class FailureHandlers {

    private final ListableBeanFactory beanFactory;
    private final ObjectProvider<FailureHandler> any;

    /**
     * Among the beans of a factory.
     *
     * @param any gives the only or primary one
     */
    public FailureHandlers(ListableBeanFactory beanFactory, ObjectProvider<FailureHandler> any) {
        this.beanFactory = beanFactory;
        this.any = any;
    }

    /**
     * The one for a listener.
     *
     * @param listener its name, for messages
     * @param beanName the bean; if null, the only or primary one
     * @return null if there is none, or none of several is primary
     * @throws InvalidListenerException if there is no such bean, or it judges no failures
     */
    @Nullable
    FailureHandler of(String listener, @Nullable String beanName) {
        return beanName == null ? any.getIfUnique() : named(listener, beanName);
    }

    private FailureHandler named(String listener, String beanName) {
        try {
            return beanFactory.getBean(beanName, FailureHandler.class);
        } catch (BeanNotOfRequiredTypeException e) {
            throw invalid(
                    listener,
                    beanName,
                    "that bean is a %s and no FailureHandler"
                            .formatted(e.getActualType().getName()),
                    e);
        } catch (NoSuchBeanDefinitionException e) {
            throw invalid(listener, beanName, "there is no such bean", e);
        }
    }

    private InvalidListenerException invalid(String listener, String beanName, String found, RuntimeException cause) {
        List<String> names = List.of(beanFactory.getBeanNamesForType(FailureHandler.class));
        return new InvalidListenerException(
                listener,
                "has the error handler '%s', but %s; of FailureHandler there are %s".formatted(beanName, found, names),
                "Declare a FailureHandler bean of that name, or correct the name, in the annotation's errorHandler or in the properties"
                        + " nsqite.listeners[<id>].error-handler or nsqite.listener.error-handler.",
                cause);
    }
}
