package io.nsqite.spring.handler;

import io.nsqite.consumer.MessageHandler;
import io.nsqite.message.Delivery;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolverComposite;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;
import org.springframework.messaging.support.GenericMessage;

/**
 * Calls a listener method with arguments made of a delivery. The arguments follow the method as declared by the bean's
 * class, with all its annotations; the call goes to the method that the bean has, which may be that of an interface if it
 * is a proxy.
 */
final class ListenerMethod extends InvocableHandlerMethod implements MessageHandler {

    private final BeanMethod target;
    private final String name;
    private @Nullable DirectArguments direct;

    ListenerMethod(ListenerCandidate candidate, BeanMethod target, HandlerMethodArgumentResolverComposite resolvers) {
        super(candidate.bean(), candidate.method());
        this.target = target;
        this.name = candidate.name();
        setMessageMethodArgumentResolvers(resolvers);
    }

    /** Arguments that need no Spring message. */
    void setDirectArguments(DirectArguments newDirect) {
        direct = newDirect;
    }

    @Override
    public void handle(Delivery delivery) throws Exception {
        doInvoke(arguments(delivery));
    }

    private @Nullable Object[] arguments(Delivery delivery) {
        try {
            if (direct != null) {
                return direct.of(delivery);
            }
            return getMethodArgumentValues(
                    new GenericMessage<>(delivery.message().payload(), new DeliveryHeaders(delivery)));
        } catch (Exception e) {
            throw new UnusableMessageException(delivery.message(), name, e);
        }
    }

    @Override
    protected @Nullable Object doInvoke(@Nullable Object... arguments) throws Exception {
        target.invoke(arguments);
        return null;
    }
}
