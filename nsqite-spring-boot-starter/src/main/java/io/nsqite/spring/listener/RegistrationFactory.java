package io.nsqite.spring.listener;

import io.nsqite.consumer.BatchHandler;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.MessageHandler;
import io.nsqite.consumer.Subscription;
import io.nsqite.message.Names;
import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.ListenerRegistration;
import io.nsqite.spring.ListenerRegistration.OfDeliveries;
import io.nsqite.spring.ListenerRegistration.OfPayloads;
import io.nsqite.spring.handler.ListenerHandlers;
import io.nsqite.spring.transaction.ListenerTransactions;

/** Makes listeners of registrations in code, and refuses those that can't work. */
final class RegistrationFactory {

    private final ListenerHandlers handlers;
    private final ListenerTransactions transactions;
    private final FailureHandlers failureHandlers;
    private final ConfiguredListeners configured;

    RegistrationFactory(ListenerSetup setup) {
        this.handlers = setup.handlers();
        this.transactions = setup.transactions();
        this.failureHandlers = setup.failureHandlers();
        this.configured = setup.configured();
    }

    Listener create(ListenerRegistration registration) {
        String name = registration.toString();
        String topic = ListenerFactory.checked(name, "has no valid topic", () -> Names.topic(registration.topic()));
        String channel =
                ListenerFactory.checked(name, "has no valid channel", () -> Names.channel(registration.channel()));
        MessageHandler handler = handler(registration);
        ConsumerOptions options =
                ListenerFactory.checked(name, "has options that can't be", () -> options(registration, handler));
        checkBatch(name, options, handler);
        return new Listener(
                registration.id(),
                name,
                startsWithApplication(registration),
                new Subscription(topic, channel, options, handler));
    }

    private ConsumerOptions options(ListenerRegistration registration, MessageHandler handler) {
        String name = registration.toString();
        ConsumerOptions wanted = registration.options().apply(defaults(name));
        ListenerSettings own = configured.own(registration.id());
        checkProperties(new PropertyRules(name, registration.id(), own), wanted, handler);
        ConsumerOptions options = own.on(wanted);
        if (own.errorHandler() != null) {
            options = options.withFailureHandler(failureHandlers.of(name, own.errorHandler()));
        }
        if (registration.transactionManager().isPresent()) {
            options = options.withTransaction(
                    transactions.of(name, registration.transactionManager().get()));
        }
        return options.withFatal(RetryRules.orUnusable(options.fatal()));
    }

    /** What the properties say of all listeners. */
    private ConsumerOptions defaults(String name) {
        ListenerSettings settings = configured.defaults();
        return settings.on(ConsumerOptions.defaults())
                .withFailureHandler(failureHandlers.of(name, settings.errorHandler()));
    }

    private static void checkProperties(PropertyRules rules, ConsumerOptions wanted, MessageHandler handler) {
        if (!(handler instanceof BatchHandler)) {
            rules.checkSingle();
        }
        rules.checkModes(wanted);
    }

    private MessageHandler handler(ListenerRegistration registration) {
        if (registration.handling() instanceof OfPayloads<?> payloads) {
            return ListenerFactory.checked(
                    registration.toString(), "can't be given its payload", () -> handler(payloads, registration));
        }
        return ((OfDeliveries) registration.handling()).handler();
    }

    private <T> MessageHandler handler(OfPayloads<T> payloads, ListenerRegistration registration) {
        return handlers.forPayloadHandler(payloads.handler(), payloads.payloadType(), registration.toString());
    }

    private static void checkBatch(String name, ConsumerOptions options, MessageHandler handler) {
        if (options.batchSize() > 1 && !(handler instanceof BatchHandler)) {
            throw new InvalidListenerException(
                    name,
                    "has batchSize %d, but its handler takes one message at a time".formatted(options.batchSize()),
                    "Register a BatchHandler, or leave batchSize at 1");
        }
    }

    private boolean startsWithApplication(ListenerRegistration registration) {
        Boolean own = configured.own(registration.id()).autoStartup();
        return own == null ? registration.autoStartup().orElseGet(configured.defaults()::startsWithApplication) : own;
    }
}
