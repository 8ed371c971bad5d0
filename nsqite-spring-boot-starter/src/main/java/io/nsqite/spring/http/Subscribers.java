package io.nsqite.spring.http;

import io.nsqite.Nsqite;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.pull.PullConsumer;
import io.nsqite.pull.PulledMessage;
import io.nsqite.spring.remote.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscribers: channels that are served through HTTP. One is served by this process from the first request that wants messages of it, until
 * nobody has wanted any for a while. Safe for use by many threads; what waits for the database in one channel does not hold up others.
 */
final class Subscribers {

    private static final Logger log = LoggerFactory.getLogger(Subscribers.class);

    private final Nsqite nsqite;
    private final ChannelHolders holders;
    private final KeptOptions options;
    private final ServedChannels channels = new ServedChannels();
    private volatile boolean closed;

    Subscribers(Nsqite nsqite, ChannelHolders holders, SubscriberOptions defaults) {
        this.nsqite = nsqite;
        this.holders = holders;
        options = new KeptOptions(nsqite.admin(), defaults);
    }

    SubscriberOptions defaults() {
        return options.defaults();
    }

    SubscriberOptions options(ChannelName name) {
        return options.of(name);
    }

    /** Creates those that are not there yet, all in one transaction, and gives those that are there the options that the client has said. */
    CreatedSubscribers create(List<NewSubscriber> subscribers) {
        List<CreatedSubscriber> all = new ArrayList<>();
        Map<ChannelName, String> notes = new LinkedHashMap<>();
        for (NewSubscriber subscriber : subscribers) {
            ChannelName name = subscriber.name();
            Optional<ChannelStatus> there = ours(name);
            OptionWish before = options.wish(name);
            OptionWish wanted = subscriber.wish().over(before);
            SubscriberOptions inForce = options.inForce(wanted);
            if (!inForce.equals(options.inForce(before))) {
                there.ifPresent(this::requireChangeable);
            }
            if (there.isEmpty() || !wanted.equals(before)) {
                notes.put(name, KeptOptions.note(wanted));
            }
            all.add(new CreatedSubscriber(name.channel(), inForce));
        }
        Set<ChannelName> created = notes.isEmpty() ? Set.of() : nsqite.admin().create(notes);
        notes.keySet().forEach(this::apply);
        return new CreatedSubscribers(all, !created.isEmpty());
    }

    /** A channel that no listener has; empty if it is to be created. */
    private Optional<ChannelStatus> ours(ChannelName name) {
        return channels.locked(name, channel -> {
            holders.refuseOthers(name, channel.open());
            return holders.status(name);
        });
    }

    private void requireChangeable(ChannelStatus status) {
        ChannelName name = status.name();
        if (ChannelHolders.isElsewhere(status, channels.open(name))) {
            throw RefusedRequestException.conflict(
                    "The options of the subscriber '%s' can't be changed here, as another process serves it (owner %d); ask that one, or give those that it has: %s"
                            .formatted(name.channel(), status.ownerId(), Json.text(options.of(name))));
        }
    }

    /** What is received and not answered comes again, with the new options. */
    private void apply(ChannelName name) {
        channels.locked(name, channel -> {
            OpenConsumer open = channel.open();
            if (open != null && !open.goesOnWith(options.of(name))) {
                channel.release();
            }
            return name;
        });
    }

    /**
     * Waits for messages; from now on this process serves the channel, if no other does.
     *
     * @throws RefusedRequestException if there is no such subscriber, or somebody else has its channel
     */
    Reception receive(ChannelName name, int max, Duration wait) {
        OpenConsumer open = channels.locked(name, channel -> entered(name, channel));
        CompletableFuture<List<PulledMessage>> messages;
        try {
            messages = open.consumer().receiveAsync(max, wait, options.of(name).visibilityDuration());
        } catch (RuntimeException e) {
            open.leave();
            throw e;
        }
        var unused = messages.whenComplete((received, failure) -> open.leave());
        if (messages.isCompletedExceptionally()) {
            giveBackIfIdle(
                    name); // else it would have the channel when the other process stops, and serve it for nobody
        }
        return new Reception(open.consumer(), messages);
    }

    private OpenConsumer entered(ChannelName name, ServedChannel channel) {
        OpenConsumer open = channel.open();
        SubscriberOptions wanted = options.of(name);
        if (open == null || !open.goesOnWith(wanted)) {
            channel.release();
            open = opened(name, wanted);
            channel.serveWith(open);
        }
        open.enter();
        return open;
    }

    private OpenConsumer opened(ChannelName name, SubscriberOptions wanted) {
        ChannelStatus status = holders.require(name);
        holders.refuseOthers(name, null);
        holders.refuseOwner(status, null);
        if (closed) {
            throw RefusedRequestException.unavailable("The application is stopping; try again when it has started");
        }
        PullConsumer consumer = nsqite.pull(name.topic(), name.channel(), wanted.toConsumerOptions());
        log.info("{}: served through HTTP from now on", name);
        return new OpenConsumer(consumer);
    }

    private void giveBackIfIdle(ChannelName name) {
        channels.locked(name, channel -> {
            OpenConsumer open = channel.open();
            if (open != null && !open.isServing() && open.isIdle(Duration.ZERO)) {
                channel.release();
            }
            return name;
        });
    }

    /**
     * What messages are answered with.
     *
     * @throws RefusedRequestException if there is no such subscriber, or nothing of it is in hand here
     */
    PullConsumer answering(ChannelName name) {
        OpenConsumer open = channels.open(name);
        if (open == null) {
            holders.refuseOthers(name, null);
            holders.refuseOwner(holders.require(name), null);
            throw RefusedRequestException.gone(
                    "No message of the subscriber '%s' is in hand here: what was received before was answered, or comes again; receive it"
                            .formatted(name.channel()));
        }
        open.used();
        return open.consumer();
    }

    /** Deletes the channel, with its position and its dead letters. */
    void delete(ChannelName name) {
        channels.locked(name, channel -> {
            OpenConsumer open = channel.open();
            holders.refuseOthers(name, open);
            holders.refuseOwner(holders.require(name), open);
            channel.release();
            nsqite.admin().delete(name);
            return name;
        });
    }

    /** @throws RefusedRequestException if there is no such subscriber */
    void require(ChannelName name) {
        ChannelStatus unused = holders.require(name);
    }

    /** Gives back what nobody has used for a time, so that a listener or another process can have it. */
    void giveBackIdle(Duration limit) {
        channels.eachAtRest((name, channel) -> {
            OpenConsumer open = channel.open();
            if (open != null && open.isIdle(limit)) {
                channel.release();
                log.info("{}: no longer served through HTTP, until somebody asks for its messages again", name);
            }
        });
    }

    /** Serves again after {@link #close()}. */
    void open() {
        closed = false;
    }

    /** Gives all channels back. Requests that wait for messages end without any. */
    void close() {
        closed = true;
        channels.each((name, channel) -> channel.release());
    }
}
