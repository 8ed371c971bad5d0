package io.nsqite.spring.listener;

import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.Consumers;
import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.handler.ListenerHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The listeners of the application. They are found, checked and registered, with all their channels created in one
 * transaction, once all beans exist: before the web server takes requests, and before anything is consumed.
 */
public final class Listeners implements SmartInitializingSingleton {

    private final ListenerScan scan;
    private final ListenerFactory factory;
    private final ConfiguredListeners configured;
    private final Consumers consumers;
    private volatile List<RegisteredListener> registered = List.of();

    /** Of all beans of a factory. */
    public Listeners(
            ConfigurableListableBeanFactory beanFactory,
            ListenerHandlers handlers,
            ConfiguredListeners configured,
            Consumers consumers) {
        this.scan = new ListenerScan(beanFactory);
        this.factory = new ListenerFactory(beanFactory, handlers, configured);
        this.configured = configured;
        this.consumers = consumers;
    }

    /**
     * Registers them.
     *
     * @throws InvalidListenerException if one can't work
     * @throws UnknownListenerException if the properties speak of one that does not exist
     */
    @Override
    public void afterSingletonsInstantiated() {
        List<Listener> listeners = scan.find().stream().map(factory::create).toList();
        checkUnique(listeners, Listener::channel, "serves the channel");
        checkUnique(listeners, Listener::id, "has the id");
        configured.checkIds(listeners.stream().map(Listener::id).toList());
        registered = register(listeners);
    }

    List<RegisteredListener> registered() {
        return registered;
    }

    private List<RegisteredListener> register(List<Listener> listeners) {
        if (listeners.isEmpty()) {
            return List.of();
        }
        List<Consumer> all = consumers.register(
                listeners.stream().map(Listener::subscription).toList());
        List<RegisteredListener> pairs = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            pairs.add(new RegisteredListener(listeners.get(i), all.get(i)));
        }
        return List.copyOf(pairs);
    }

    private static void checkUnique(List<Listener> listeners, Function<Listener, String> property, String what) {
        Map<String, Listener> seen = new HashMap<>();
        for (Listener listener : listeners) {
            Listener other = seen.putIfAbsent(property.apply(listener), listener);
            if (other != null) {
                throw new InvalidListenerException(
                        listener.name(),
                        "%s '%s', and so does %s".formatted(what, property.apply(listener), other.name()),
                        "Give each listener a channel and an id of its own; a method of a class with several beans"
                                + " counts once for each");
            }
        }
    }
}
