package io.nsqite.spring.http;

import io.nsqite.Nsqite;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.consumer.Consumer;
import io.nsqite.pull.PullConsumer;
import io.nsqite.spring.ListenerStatus;
import io.nsqite.spring.NsqiteListenerRegistry;
import io.nsqite.spring.remote.NewChannels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscribers: channels that are served through HTTP. One is served by this process from the first request that wants messages of it. What
 * options it was given is known until the process ends; then it has the default ones until it is created again. Safe for use by many
 * threads.
 */
final class Subscribers {

    private static final Logger log = LoggerFactory.getLogger(Subscribers.class);

    private final Nsqite nsqite;
    private final NsqiteListenerRegistry listeners;
    private final SubscriberOptions defaults;
    private final Map<ChannelName, SubscriberOptions> options = new HashMap<>();
    private final Map<ChannelName, PullConsumer> served = new HashMap<>();
    private boolean closed;

    Subscribers(Nsqite nsqite, NsqiteListenerRegistry listeners, SubscriberOptions defaults) {
        this.nsqite = nsqite;
        this.listeners = listeners;
        this.defaults = defaults;
    }

    SubscriberOptions defaults() {
        return defaults;
    }

    /** Creates those that are not there yet, all in one transaction, and gives all of them their options. */
    synchronized void create(List<NewSubscriber> subscribers) {
        subscribers.forEach(subscriber -> refuseListeners(subscriber.name()));
        NewChannels.create(
                nsqite.consumers(),
                subscribers.stream()
                        .map(NewSubscriber::name)
                        .filter(name -> status(name).isEmpty())
                        .toList());
        subscribers.forEach(this::setOptions);
    }

    private void setOptions(NewSubscriber subscriber) {
        ChannelName name = subscriber.name();
        SubscriberOptions before = options(name);
        options.put(name, subscriber.options());
        if (!before.consumeAs(subscriber.options())) {
            release(name); // what is received and not answered comes again, with the new options
        }
    }

    synchronized SubscriberOptions options(ChannelName name) {
        return options.getOrDefault(name, defaults);
    }

    /**
     * What messages are received with; from now on this process serves the channel, if no other does.
     *
     * @throws RefusedRequestException if there is no such subscriber, or a listener has its channel
     */
    synchronized PullConsumer receiving(ChannelName name) {
        PullConsumer consumer = served.get(name);
        if (consumer != null && consumer.consumer().state() != Consumer.State.STOPPED) {
            return consumer;
        }
        release(name); // an operator has deleted its channel
        refuseListeners(name);
        require(name);
        if (closed) {
            throw RefusedRequestException.conflict("The application is stopping; try again when it has started");
        }
        PullConsumer opened =
                nsqite.pull(name.topic(), name.channel(), options(name).toConsumerOptions());
        served.put(name, opened);
        log.info("{}: served through HTTP from now on", name);
        return opened;
    }

    /**
     * What messages are answered with.
     *
     * @throws RefusedRequestException if there is no such subscriber, or nothing was received of it here
     */
    synchronized PullConsumer answering(ChannelName name) {
        PullConsumer consumer = served.get(name);
        if (consumer == null) {
            refuseListeners(name);
            refuseOwner(name, require(name));
            throw RefusedRequestException.gone(
                    "No message of the subscriber '%s' was received here since the start of the application; receive it again"
                            .formatted(name.channel()));
        }
        return consumer;
    }

    /** Deletes the channel, with its position and its dead letters. */
    synchronized void delete(ChannelName name) {
        refuseListeners(name);
        ChannelStatus status = require(name);
        PullConsumer consumer = served.get(name);
        boolean ours = consumer != null && consumer.consumer().state() == Consumer.State.ACTIVE;
        if (!ours) {
            refuseOwner(name, status);
        }
        release(name);
        options.remove(name);
        nsqite.admin().delete(name);
    }

    private static void refuseOwner(ChannelName name, ChannelStatus status) {
        if (status.ownerId() != null) {
            throw RefusedRequestException.conflict(
                    "The subscriber '%s' is served by another process (owner %d); ask that one, or stop it first"
                            .formatted(name.channel(), status.ownerId()));
        }
    }

    private void release(ChannelName name) {
        PullConsumer consumer = served.remove(name);
        if (consumer != null) {
            consumer.close();
        }
    }

    /** @throws RefusedRequestException if there is no such subscriber */
    ChannelStatus require(ChannelName name) {
        return status(name)
                .orElseThrow(() ->
                        RefusedRequestException.notFound("There is no subscriber '%s' of topic '%s'; create it first"
                                .formatted(name.channel(), name.topic())));
    }

    private Optional<ChannelStatus> status(ChannelName name) {
        return nsqite.admin().channel(name, 1);
    }

    private void refuseListeners(ChannelName name) {
        for (Consumer consumer : nsqite.consumers().all()) {
            if (consumer.topic().equals(name.topic())
                    && consumer.channel().equals(name.channel())
                    && !served.containsKey(name)) {
                throw RefusedRequestException.conflict(
                        "The channel '%s' of topic '%s' belongs to %s of this application"
                                .formatted(name.channel(), name.topic(), listener(name)));
            }
        }
    }

    private String listener(ChannelName name) {
        return listeners.listeners().stream()
                .filter(listener -> listener.topic().equals(name.topic())
                        && listener.channel().equals(name.channel()))
                .map(ListenerStatus::id)
                .findFirst()
                .map("the listener '%s'"::formatted)
                .orElse("a consumer");
    }

    /** Serves again after {@link #close()}. */
    synchronized void open() {
        closed = false;
    }

    /** Gives all channels back. Requests that wait for messages end without any. */
    synchronized void close() {
        closed = true;
        served.values().forEach(PullConsumer::close);
        served.clear();
    }
}
