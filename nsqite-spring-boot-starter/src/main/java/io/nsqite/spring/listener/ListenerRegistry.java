package io.nsqite.spring.listener;

import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.Consumers;
import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.ListenerRegistration;
import io.nsqite.spring.ListenerStatus;
import io.nsqite.spring.NsqiteListenerRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** All listeners, annotated or registered in code. Safe for use by many threads. */
public final class ListenerRegistry implements NsqiteListenerRegistry {

    private final ListenerSetup setup;
    private final RegistrationFactory factory;
    private final Consumers consumers;
    private final Duration stopTimeout;
    private final List<ListenerRegistration> early = new ArrayList<>();
    private final List<RegisteredListener> registered = new CopyOnWriteArrayList<>();
    private Phase phase = Phase.COLLECTING;

    /**
     * Empty.
     *
     * @param stopTimeout how long running handlers may take when a listener stops
     */
    public ListenerRegistry(ListenerSetup setup, Consumers consumers, Duration stopTimeout) {
        this.setup = setup;
        this.factory = new RegistrationFactory(setup);
        this.consumers = consumers;
        this.stopTimeout = stopTimeout;
    }

    private enum Phase {
        /** Not all beans exist, so nothing is checked yet. */
        COLLECTING,
        /** Channels exist; nothing is consumed. */
        REGISTERED,
        /** The application runs. */
        STARTED
    }

    /**
     * Registers those that are annotated, and those in code so far, with all their channels created in one transaction.
     *
     * @throws InvalidListenerException if one can't work
     * @throws UnknownListenerException if the properties speak of one that does not exist
     */
    synchronized void open(List<Listener> annotated) {
        List<Listener> listeners = new ArrayList<>(annotated);
        early.stream().map(factory::create).forEach(listeners::add);
        checkUnique(listeners);
        setup.configured().checkIds(listeners.stream().map(Listener::id).toList());
        add(listeners);
        early.clear();
        phase = Phase.REGISTERED;
    }

    /** Starts those that start with the application. */
    synchronized void startAll() {
        phase = Phase.STARTED;
        registered.forEach(RegisteredListener::startWithApplication);
    }

    /** Stops all of them; false if some handlers did not finish in time. */
    boolean stopAll() {
        synchronized (this) {
            phase = Phase.REGISTERED;
            registered.forEach(RegisteredListener::willStop);
        }
        return consumers.stopAll(stopTimeout);
    }

    /** All of them, in the order of their registration. */
    List<RegisteredListener> registered() {
        return List.copyOf(registered);
    }

    @Override
    public synchronized void register(ListenerRegistration registration) {
        if (phase == Phase.COLLECTING) {
            early.add(registration);
            return;
        }
        Listener listener = factory.create(registration);
        List<Listener> all = new ArrayList<>(
                registered.stream().map(RegisteredListener::listener).toList());
        all.add(listener);
        checkUnique(all);
        List<RegisteredListener> added = add(List.of(listener));
        if (phase == Phase.STARTED) {
            added.forEach(RegisteredListener::startWithApplication);
        }
    }

    private List<RegisteredListener> add(List<Listener> listeners) {
        if (listeners.isEmpty()) {
            return List.of();
        }
        List<Consumer> all = consumers.register(
                listeners.stream().map(Listener::subscription).toList());
        List<RegisteredListener> added = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            added.add(new RegisteredListener(listeners.get(i), all.get(i)));
        }
        registered.addAll(added);
        return added;
    }

    private static void checkUnique(List<Listener> listeners) {
        checkUnique(listeners, Listener::channel, "serves the channel");
        checkUnique(listeners, Listener::id, "has the id");
    }

    private static void checkUnique(List<Listener> listeners, Function<Listener, String> property, String what) {
        for (int i = 0; i < listeners.size(); i++) {
            Listener listener = listeners.get(i);
            String value = property.apply(listener);
            for (Listener other : listeners.subList(0, i)) {
                if (property.apply(other).equals(value)) {
                    throw new InvalidListenerException(
                            listener.name(),
                            "%s '%s', and so does %s".formatted(what, value, other.name()),
                            "Give each listener a channel and an id of its own; a method of a class with several beans"
                                    + " counts once for each");
                }
            }
        }
    }

    @Override
    public boolean unregister(String id) {
        RegisteredListener listener = find(id);
        boolean finished = consumers.unregister(listener.consumer(), stopTimeout);
        registered.remove(listener);
        return finished;
    }

    @Override
    public List<ListenerStatus> listeners() {
        return registered.stream().map(RegisteredListener::status).toList();
    }

    @Override
    public ListenerStatus status(String id) {
        return find(id).status();
    }

    @Override
    public void start(String id) {
        find(id).start();
    }

    @Override
    public boolean stop(String id) {
        return find(id).stop(stopTimeout);
    }

    @Override
    public void pause(String id) {
        find(id).consumer().pause();
    }

    @Override
    public void resume(String id) {
        find(id).consumer().resume();
    }

    private RegisteredListener find(String id) {
        return registered.stream()
                .filter(listener -> listener.listener().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no listener with the id '%s'; there are %s"
                        .formatted(
                                id,
                                registered.stream()
                                        .map(listener -> listener.listener().id())
                                        .toList())));
    }
}
