package io.nsqite.spring.http;

import io.nsqite.Nsqite;
import io.nsqite.spring.NsqiteListenerRegistry;
import org.springframework.context.SmartLifecycle;

/** The channels that are served through HTTP. They are given back with the listeners', before the web server waits for its requests. */
public final class HttpChannels implements SmartLifecycle {

    private final Subscribers subscribers;
    private volatile boolean running;

    /**
     * Of a queue.
     *
     * @param defaults for subscribers that nobody has given options since the start
     */
    public HttpChannels(Nsqite nsqite, NsqiteListenerRegistry listeners, SubscriberOptions defaults) {
        subscribers = new Subscribers(nsqite, listeners, defaults);
    }

    Subscribers subscribers() {
        return subscribers;
    }

    @Override
    public void start() {
        subscribers.open();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        subscribers.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
