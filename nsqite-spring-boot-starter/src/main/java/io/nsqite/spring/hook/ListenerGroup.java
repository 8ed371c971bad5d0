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
        tell(listener -> listener.handedOut(delivery));
    }

    @Override
    public void succeeded(Delivery delivery) {
        tell(listener -> listener.succeeded(delivery));
    }

    @Override
    public void requeued(Delivery delivery) {
        tell(listener -> listener.requeued(delivery));
    }

    @Override
    public void failed(Delivery delivery, String error) {
        tell(listener -> listener.failed(delivery, error));
    }

    @Override
    public void dead(DeadMessage message) {
        tell(listener -> listener.dead(message));
    }

    private void tell(Consumer<ChannelListener> event) {
        for (ChannelListener listener : listeners.inOrder()) {
            try {
                event.accept(listener);
            } catch (Throwable e) { // it is the application's, and has no say
                log.warn("The listener {} failed, which changes nothing", listener, e);
            }
        }
    }
}
