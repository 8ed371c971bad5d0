package io.nsqite.spring.hook;

import io.nsqite.consumer.ChannelListener;
import io.nsqite.message.Delivery;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several listeners of channels as one; one that fails keeps nothing from the others. */
final class ListenerGroup implements ChannelListener {

    private static final Logger log = LoggerFactory.getLogger(ListenerGroup.class);

    private final LateBeans<ChannelListener> listeners;

    ListenerGroup(LateBeans<ChannelListener> listeners) {
        this.listeners = listeners;
    }

    @Override
    public void handedOut(Delivery delivery) {
        tell(delivery, listener -> listener.handedOut(delivery));
    }

    @Override
    public void arrived(Delivery delivery) {
        tell(delivery, listener -> listener.arrived(delivery));
    }

    @Override
    public void succeeded(Delivery delivery) {
        tell(delivery, listener -> listener.succeeded(delivery));
    }

    @Override
    public void requeued(Delivery delivery) {
        tell(delivery, listener -> listener.requeued(delivery));
    }

    @Override
    public void failed(Delivery delivery, String error) {
        tell(delivery, listener -> listener.failed(delivery, error));
    }

    @Override
    public void dead(DeadMessage message) {
        tell(message.topic(), message.channel(), listener -> listener.dead(message));
    }

    private void tell(Delivery delivery, Consumer<ChannelListener> event) {
        tell(delivery.message().topic(), delivery.channel(), event);
    }

    private void tell(String topic, String channel, Consumer<ChannelListener> event) {
        for (ChannelListener listener : listeners.inOrder()) {
            try {
                event.accept(listener);
            } catch (Throwable failure) { // it is the application's, and has no say
                log.warn("{}.{}: the listener {} failed, which changes nothing", topic, channel, listener, failure);
            }
        }
    }
}
