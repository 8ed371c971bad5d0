package io.nsqite.consumer;

import io.nsqite.message.Delivery;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Runs a handler on messages, and sees to it that each gets its answer. */
abstract class Handling {

    private final MessageHandler handler;
    private final Answers answers;
    private final List<DeliveryInterceptor> interceptors;

    Handling(MessageHandler handler, Answers answers, Engine engine) {
        this.handler = handler;
        this.answers = answers;
        interceptors = engine.hooks().interceptors();
    }

    /** As the subscription's options say. */
    static Handling of(Engine engine, Subscription subscription, Tenure tenure) {
        MessageHandler handler = subscription.handler();
        HandlerTransaction transaction = subscription.options().transaction();
        if (transaction != null) {
            return new TransactionalHandling(handler, tenure, transaction, engine);
        }
        return switch (subscription.options().ackMode()) {
            case AUTO -> new AutomaticHandling(handler, tenure.answers(), engine);
            case MANUAL -> new ManualHandling(handler, tenure.answers(), engine);
        };
    }

    /** Handles messages that were handed out together. Throws nothing that handlers throw. */
    abstract void handle(List<Handout> handouts);

    Answers answers() {
        return answers;
    }

    /** Runs something around which the interceptors are. */
    void intercepted(List<Handout> handouts, DeliveryInterceptor.Handling innermost) throws Exception {
        answers.events().handedOut(handouts);
        if (interceptors.isEmpty()) {
            innermost.proceed();
        } else {
            proceed(0, Collections.unmodifiableList(handouts), innermost);
        }
    }

    private void proceed(int index, List<Delivery> deliveries, DeliveryInterceptor.Handling innermost)
            throws Exception {
        if (index == interceptors.size()) {
            innermost.proceed();
        } else {
            interceptors.get(index).around(deliveries, () -> proceed(index + 1, deliveries, innermost));
        }
    }

    void invoke(List<Handout> handouts) throws Exception {
        if (handler instanceof BatchHandler batchHandler) {
            batchHandler.handle(Collections.<Delivery>unmodifiableList(handouts));
        } else {
            handler.handle(handouts.get(0));
        }
    }

    /** One element of a batch has failed. */
    record FailedElement(int index, Throwable cause) {}

    /** The element that the handler named, if it did and there is one. */
    static Optional<FailedElement> failedElement(List<Handout> handouts, Throwable failure) {
        return Failures.cause(failure, BatchElementFailedException.class)
                .filter(named -> named.index() < handouts.size())
                .map(named -> new FailedElement(named.index(), named.getCause() == null ? named : named.getCause()));
    }

    /** What becomes of those before one that the handler named as failed. */
    abstract void endThoseBefore(List<Handout> handouts);

    /** One has failed and those after it come again as if they had not been handed out; or all have failed. */
    void fail(List<Handout> handouts, Throwable failure) {
        Optional<FailedElement> named = failedElement(handouts, failure);
        if (named.isEmpty()) {
            answers.failed(handouts, failure);
            return;
        }
        int index = named.get().index();
        answers.failed(List.of(handouts.get(index)), named.get().cause());
        answers.notStarted(handouts.subList(index + 1, handouts.size()));
        endThoseBefore(handouts.subList(0, index));
    }
}
