package io.nsqite.spring.listener;

import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.MessageHandler;
import io.nsqite.consumer.StartPosition;
import io.nsqite.consumer.Subscription;
import io.nsqite.message.Names;
import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.handler.ListenerHandlers;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.util.StringValueResolver;

/** Makes listeners of annotations, and refuses those that can't work. */
final class ListenerFactory {

    private final ConfigurableListableBeanFactory beanFactory;
    private final ListenerHandlers handlers;
    private final ConfiguredListeners configured;
    private final StringValueResolver placeholders;

    ListenerFactory(
            ConfigurableListableBeanFactory beanFactory, ListenerHandlers handlers, ConfiguredListeners configured) {
        this.beanFactory = beanFactory;
        this.handlers = handlers;
        this.configured = configured;
        this.placeholders = new EmbeddedValueResolver(beanFactory);
    }

    Listener create(AnnotatedListener found) {
        UnsupportedAttributes.refuse(found);
        checkScope(found);
        AnnotationReader annotation = new AnnotationReader(found, placeholders);
        String topic = checked(found, "has no valid topic", () -> Names.topic(annotation.topic()));
        String channel = checked(found, "has no valid channel", () -> Names.channel(annotation.channel()));
        ListenerSettings settings = configured.settings(annotation.id(), annotation.settings());
        ConsumerOptions options = checked(found, "has a setting out of range", settings::toOptions)
                .withStartFrom(startFrom(found))
                .withFatal(RetryRules.of(found.annotation()));
        Subscription subscription = new Subscription(topic, channel, options, handler(found));
        return new Listener(annotation.id(), found.name(), settings.startsWithApplication(), subscription);
    }

    private void checkScope(AnnotatedListener found) {
        if (!beanFactory.isSingleton(found.beanName())) {
            throw new InvalidListenerException(
                    found.name(),
                    "belongs to the bean '%s', which is not a singleton".formatted(found.beanName()),
                    "Move it to a singleton bean that asks for the other where it needs it");
        }
    }

    private static StartPosition startFrom(AnnotatedListener found) {
        return switch (found.annotation().startFrom()) {
            case DEFAULT -> StartPosition.DEFAULT;
            case EARLIEST -> StartPosition.EARLIEST;
            case LATEST -> StartPosition.LATEST;
        };
    }

    private MessageHandler handler(AnnotatedListener found) {
        Object bean = beanFactory.getBean(found.beanName());
        Method method = found.method();
        return method == null
                ? handlers.forPayloadHandler(bean, found.beanClass())
                : handlers.forMethod(bean, method, found.name());
    }

    private static <T> T checked(AnnotatedListener found, String problem, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new InvalidListenerException(found.name(), problem, String.valueOf(e.getMessage()), e);
        }
    }
}
