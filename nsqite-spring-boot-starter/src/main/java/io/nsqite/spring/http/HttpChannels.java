package io.nsqite.spring.http;

import io.nsqite.Nsqite;
import io.nsqite.spring.NsqiteListenerRegistry;
import io.nsqite.spring.remote.RemoteConsumers;

/** The channels that are served through HTTP, each from the first request for its messages. */
public final class HttpChannels implements RemoteConsumers {

    private final Subscribers subscribers;

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
    }

    @Override
    public void stop() {
        subscribers.close();
    }
}
