package io.nsqite.consumer;

import java.util.List;

/**
 * The application's code that takes part in consuming, for all channels.
 *
 * @param listeners told in this order
 * @param interceptors the first is the outermost
 */
public record Hooks(List<ChannelListener> listeners, List<DeliveryInterceptor> interceptors) {

    /** Copies. */
    public Hooks {
        listeners = List.copyOf(listeners);
        interceptors = List.copyOf(interceptors);
    }

    /** Nothing. */
    public static Hooks none() {
        return new Hooks(List.of(), List.of());
    }
}
