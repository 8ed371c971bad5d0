package io.nsqite.spring.handler;

import io.nsqite.consumer.BatchHandler;
import io.nsqite.consumer.MessageHandler;
import io.nsqite.message.Delivery;
import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.PayloadDecoder;
import io.nsqite.spring.PayloadHandler;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.MethodParameter;
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
    private final ElementReaders elements;

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
        PayloadArgumentResolver payload = new PayloadArgumentResolver(readers, validator);
        this.resolvers = new HandlerMethodArgumentResolverComposite()
                .addResolvers(unlessPayload)
                .addResolver(payload);
        this.elements = new ElementReaders(decoder, payload);
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
        ListenerMethod listener = listenerMethod(new ListenerCandidate(bean, method, name));
        rules(name).check(listener.getMethodParameters());
        DirectArguments.of(listener.getMethodParameters(), unlessPayload, readers)
                .ifPresent(listener::setDirectArguments);
        return listener;
    }

    /**
     * A handler that calls a method with lists.
     *
     * @param bean the bean, which may be a proxy
     * @param method the method as the bean's class declares it
     * @param mode what becomes of a batch with a message that can't be given to it
     * @param name class, method and parameters, for messages
     * @throws InvalidListenerException if it can't be called, or one of its arguments can't be made
     */
    public BatchHandler forBatchMethod(Object bean, Method method, BatchMode mode, String name) {
        ListenerMethod listener = listenerMethod(new ListenerCandidate(bean, method, name));
        MethodParameter[] parameters = listener.getMethodParameters();
        rules(name).checkBatch(parameters);
        List<ElementReader> readers = new ArrayList<>();
        for (MethodParameter parameter : parameters) {
            readers.add(elementReader(parameter, name));
        }
        return new BatchListenerMethod(listener, readers, mode, name);
    }

    private ElementReader elementReader(MethodParameter parameter, String name) {
        try {
            return elements.of(parameter);
        } catch (IllegalArgumentException e) {
            throw ParameterRules.unreadable(name, parameter, e);
        }
    }

    private ListenerMethod listenerMethod(ListenerCandidate candidate) {
        return new ListenerMethod(candidate, BeanMethod.of(candidate), resolvers);
    }

    private ParameterRules rules(String name) {
        return new ParameterRules(name, unlessPayload, readers, validator);
    }

    /**
     * Checks that a method can answer: that it takes deliveries.
     *
     * @throws InvalidListenerException if it can't
     */
    public static void checkAnswers(Method method, String name) {
        for (int index = 0; index < method.getParameterCount(); index++) {
            ResolvableType type = ResolvableType.forMethodParameter(method, index);
            ResolvableType answered = type.resolve() == List.class ? type.getGeneric(0) : type;
            if (answered.resolve() == Delivery.class) {
                return;
            }
        }
        throw new InvalidListenerException(
                name,
                "has ackMode = MANUAL, but takes no Delivery to answer with",
                "Add an argument of Delivery, or of List<Delivery> with a batchSize, or remove the ackMode");
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

    /**
     * A handler that calls a {@link PayloadHandler} which was registered in code.
     *
     * @throws IllegalArgumentException if its payload can't be read
     */
    public <T> MessageHandler forPayloadHandler(PayloadHandler<T> handler, Class<T> payloadType, String name) {
        return PayloadHandlers.adapt(handler, decoder.readerFor(ResolvableType.forClass(payloadType)), name);
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
                    beanClass.getName(), "can't be given its payload: " + e.getMessage(), ParameterRules.READABLE, e);
        }
    }
}
