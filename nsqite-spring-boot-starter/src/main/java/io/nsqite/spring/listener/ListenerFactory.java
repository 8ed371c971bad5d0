package io.nsqite.spring.listener;

import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.HandlerTransaction;
import io.nsqite.consumer.MessageHandler;
import io.nsqite.consumer.Subscription;
import io.nsqite.message.Names;
import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.handler.BatchMode;
import io.nsqite.spring.handler.ListenerHandlers;
import io.nsqite.spring.transaction.ListenerTransactions;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.util.StringValueResolver;

/** Makes listeners of annotations, and refuses those that can't work. */
final class ListenerFactory {

    private final ConfigurableListableBeanFactory beanFactory;
    private final ListenerHandlers handlers;
    private final ListenerTransactions transactions;
    private final FailureHandlers failureHandlers;
    private final ConfiguredListeners configured;
    private final StringValueResolver placeholders;

    ListenerFactory(ConfigurableListableBeanFactory beanFactory, ListenerSetup setup) {
        this.beanFactory = beanFactory;
        this.handlers = setup.handlers();
        this.transactions = setup.transactions();
        this.failureHandlers = setup.failureHandlers();
        this.configured = setup.configured();
        this.placeholders = new EmbeddedValueResolver(beanFactory);
    }

    Listener create(AnnotatedListener found) {
        found.found().checkScope(beanFactory);
        AnnotationReader annotation = new AnnotationReader(found, placeholders);
        String topic = checked(found.name(), "has no valid topic", () -> Names.topic(annotation.topic()));
        String channel = checked(found.name(), "has no valid channel", () -> Names.channel(annotation.channel()));
        String id = annotation.id();
        ListenerSettings annotated = annotation.settings();
        ListenerSettings own = configured.own(id);
        AttributeRules.check(found, own.orElse(annotated));
        ConsumerOptions wanted = annotation.options();
        checkProperties(new PropertyRules(found.name(), id, own), wanted, annotated);
        ListenerSettings settings = configured.settings(id, annotated);
        ConsumerOptions options = checked(found.name(), "has a setting out of range", () -> settings.on(wanted));
        MessageHandler handler = handler(found, annotated);
        Subscription subscription = new Subscription(
                topic,
                channel,
                options.withFatal(RetryRules.orUnusable(options.fatal()))
                        .withTransaction(transaction(annotation, found))
                        .withFailureHandler(failureHandlers.of(found.name(), settings.errorHandler())),
                handler);
        return new Listener(id, found.name(), settings.startsWithApplication(), subscription);
    }

    private static void checkProperties(PropertyRules rules, ConsumerOptions wanted, ListenerSettings annotated) {
        if (annotated.batchSize() == null) {
            rules.checkSingle();
        }
        rules.checkModes(wanted);
    }

    /** Whether it takes batches is for the annotation to say, as a List without a batchSize is one payload. */
    private MessageHandler handler(AnnotatedListener found, ListenerSettings annotated) {
        Object bean = beanFactory.getBean(found.beanName());
        Method method = found.method();
        if (method == null) {
            refuseBatch(found, annotated);
            return handlers.forPayloadHandler(bean, found.beanClass());
        }
        MessageHandler handler = annotated.batchSize() == null
                ? handlers.forMethod(bean, method, found.name())
                : handlers.forBatchMethod(bean, method, batchMode(found), found.name());
        if (found.isManual()) {
            ListenerHandlers.checkAnswers(method, found.name());
        }
        return handler;
    }

    private static BatchMode batchMode(AnnotatedListener found) {
        if (found.annotation().transactional()) {
            return BatchMode.TRANSACTIONAL;
        }
        return found.isManual() ? BatchMode.MANUAL : BatchMode.AUTOMATIC;
    }

    private static void refuseBatch(AnnotatedListener found, ListenerSettings annotated) {
        if (annotated.batchSize() != null) {
            throw new InvalidListenerException(
                    found.name(),
                    "has batchSize = %d, but a PayloadHandler takes one message at a time"
                            .formatted(annotated.batchSize()),
                    "Remove batchSize, or move the annotation to a method that takes a List");
        }
    }

    private @Nullable HandlerTransaction transaction(AnnotationReader annotation, AnnotatedListener found) {
        return found.annotation().transactional()
                ? transactions.of(found.name(), annotation.transactionManager())
                : null;
    }

    static <T> T checked(String listener, String problem, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new InvalidListenerException(
                    listener,
                    "%s: %s".formatted(problem, e.getMessage()),
                    "Correct it in the annotation, in the code that registers it, or in the properties nsqite.listeners[<id>].* or nsqite.listener.*.",
                    e);
        }
    }
}
