package io.nsqite.spring.http;

import io.nsqite.Nsqite;
import io.nsqite.admin.ChannelName;
import io.nsqite.spring.NsqiteListenerRegistry;
import io.nsqite.spring.remote.RemoteConsumers;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The channels that are served through HTTP, each while somebody wants its messages. */
public final class HttpChannels implements RemoteConsumers {

    private final Subscribers subscribers;
    private final Duration idleTimeout;
    private @Nullable IdleWatch watch;

    /**
     * Of a queue.
     *
     * @param webhooks the channels that are webhooks' of the application, at any time
     * @param defaults for subscribers that nobody has given options
     * @param idleTimeout after which time without requests a channel is given back, if none of its messages is in hand
     */
    public HttpChannels(
            Nsqite nsqite,
            NsqiteListenerRegistry listeners,
            Supplier<? extends Collection<ChannelName>> webhooks,
            SubscriberOptions defaults,
            Duration idleTimeout) {
        subscribers = new Subscribers(nsqite, new ChannelHolders(nsqite, listeners, webhooks), defaults);
        this.idleTimeout = idleTimeout;
    }

    Subscribers subscribers() {
        return subscribers;
    }

    @Override
    public synchronized void start() {
        subscribers.open();
        if (watch == null) {
            watch = new IdleWatch(idleTimeout, () -> subscribers.giveBackIdle(idleTimeout));
        }
    }

    @Override
    public synchronized void stop() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
        subscribers.close();
    }
}
