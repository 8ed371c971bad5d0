package io.nsqite.spring.handler;

import io.nsqite.consumer.MessageHandler;
import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.PayloadDecoder;
import io.nsqite.spring.PayloadHandler;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.format.support.DefaultFormattingConversionService;
import org.springframework.messaging.handler.annotation.support.HeaderMethodArgumentResolver;
import org.springframework.messaging.handler.annotation.support.HeadersMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolverComposite;
import org.springframework.validation.Validator;

/** Makes handlers of beans, and refuses those that can't be handlers. */
public final class ListenerHandlers {

    private final PayloadDecoder decoder;
    private final Readers readers;
    private final @Nullable Validator validator;
    private final List<HandlerMethodArgumentResolver> unlessPayload;
    private final HandlerMethodArgumentResolverComposite resolvers;

    /**
     * With what arguments are made of.
     *
     * @param decoder reads payloads
     * @param validator checks payloads annotated with {@code @Valid}; null if there is none
     * @param beanFactory resolves placeholders in the names of headers
     */
    public ListenerHandlers(
            PayloadDecoder decoder, @Nullable Validator validator, ConfigurableBeanFactory beanFactory) {
        this.decoder = decoder;
        this.validator = validator;
        this.readers = new Readers(decoder);
        this.unlessPayload = List.of(
                new HeaderMethodArgumentResolver(new DefaultFormattingConversionService(), beanFactory),
                new HeadersMethodArgumentResolver(),
                new DeliveryArgumentResolver(),
                new MessageArgumentResolver(readers));
        this.resolvers = new HandlerMethodArgumentResolverComposite()
                .addResolvers(unlessPayload)
                .addResolver(new PayloadArgumentResolver(readers, validator));
    }

    /**
     * A handler that calls a method.
     *
     * @param bean the bean, which may be a proxy
     * @param method the method as the bean's class declares it
     * @param name class, method and parameters, for messages
     * @throws InvalidListenerException if it can't be called, or one of its arguments can't be made
     */
    public MessageHandler forMethod(Object bean, Method method, String name) {
        ListenerCandidate candidate = new ListenerCandidate(bean, method, name);
        MethodRules.check(candidate);
        ListenerMethod listener = new ListenerMethod(candidate, invocable(candidate), resolvers);
        new ParameterRules(name, unlessPayload, readers, validator).check(listener.getMethodParameters());
        return listener;
    }

    /**
     * A handler that calls a {@link PayloadHandler}.
     *
     * @param bean the bean, which may be a proxy
     * @param beanClass its class
     * @throws InvalidListenerException if it is not one, or its payload can't be read
     */
    public MessageHandler forPayloadHandler(Object bean, Class<?> beanClass) {
        String name = beanClass.getName();
        if (!(bean instanceof PayloadHandler<?> handler)) {
            throw new InvalidListenerException(
                    name,
                    "is a class annotated with @NsqiteListener that does not implement PayloadHandler",
                    "Implement PayloadHandler<T>, or move the annotation to a method");
        }
        MethodRules.checkSynchronous(PayloadHandlers.handleMethod(beanClass), beanClass, name);
        return PayloadHandlers.adapt(handler, reader(beanClass), name);
    }

    private PayloadDecoder.Reader reader(Class<?> beanClass) {
        ResolvableType payload =
                ResolvableType.forClass(beanClass).as(PayloadHandler.class).getGeneric(0);
        if (payload.resolve() == null) {
            throw new InvalidListenerException(
                    beanClass.getName(),
                    "does not say what its payload is read as",
                    "Implement PayloadHandler with a type, for example PayloadHandler<String>");
        }
        try {
            return decoder.readerFor(payload);
        } catch (IllegalArgumentException e) {
            throw new InvalidListenerException(
                    beanClass.getName(), "can't be given its payload", String.valueOf(e.getMessage()), e);
        }
    }

    /** The method to call: of the bean's class, or, if the bean is a JDK proxy, that of one of its interfaces. */
    private static Method invocable(ListenerCandidate candidate) {
        try {
            return AopUtils.selectInvocableMethod(
                    candidate.method(), candidate.bean().getClass());
        } catch (IllegalStateException e) {
            throw new InvalidListenerException(
                    candidate.name(),
                    "can't be called: its bean is a JDK proxy whose interfaces don't have the method",
                    "Add the method to an interface of the bean, or let Spring proxy the class"
                            + " (spring.aop.proxy-target-class=true, the default)",
                    e);
        }
    }
}
