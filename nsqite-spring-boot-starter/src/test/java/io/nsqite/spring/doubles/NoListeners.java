package io.nsqite.spring.doubles;

import io.nsqite.spring.ListenerRegistration;
import io.nsqite.spring.ListenerStatus;
import io.nsqite.spring.NsqiteListenerRegistry;
import java.util.List;

/** A registry without listeners. */
public final class NoListeners implements NsqiteListenerRegistry {

    @Override
    public List<ListenerStatus> listeners() {
        return List.of();
    }

    @Override
    public ListenerStatus status(String id) {
        throw none();
    }

    @Override
    public void start(String id) {
        throw none();
    }

    @Override
    public boolean stop(String id) {
        throw none();
    }

    @Override
    public void pause(String id) {
        throw none();
    }

    @Override
    public void resume(String id) {
        throw none();
    }

    @Override
    public void register(ListenerRegistration registration) {
        throw none();
    }

    @Override
    public boolean unregister(String id) {
        throw none();
    }

    private static IllegalArgumentException none() {
        return new IllegalArgumentException("the double has no listeners");
    }
}
