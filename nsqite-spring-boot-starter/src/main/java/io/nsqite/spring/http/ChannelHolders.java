package io.nsqite.spring.http;

import io.nsqite.Nsqite;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.consumer.Consumer;
import io.nsqite.spring.ListenerStatus;
import io.nsqite.spring.NsqiteListenerRegistry;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who else has a channel that clients want: a listener or a webhook of the application, or another process.
 *
 * @param webhooks the channels of webhooks, whether they run or not
 */
record ChannelHolders(
        Nsqite nsqite, NsqiteListenerRegistry listeners, Supplier<? extends Collection<ChannelName>> webhooks) {

    /** The channel, if there is one. */
    Optional<ChannelStatus> status(ChannelName name) {
        return nsqite.admin().channel(name, 1);
    }

    /** @throws RefusedRequestException if there is no such subscriber */
    ChannelStatus require(ChannelName name) {
        return status(name)
                .orElseThrow(() ->
                        RefusedRequestException.notFound("There is no subscriber '%s' of topic '%s'; create it first"
                                .formatted(name.channel(), name.topic())));
    }

    /**
     * Refuses what another process serves.
     *
     * @param open what serves the channel here, if anything does
     */
    void refuseOwner(ChannelStatus status, @Nullable OpenConsumer open) {
        if (isElsewhere(status, open)) {
            throw RefusedRequestException.conflict(
                    "The subscriber '%s' is served by another process (owner %d), or was here and is being given back; ask that one, or try again"
                            .formatted(status.name().channel(), status.ownerId()));
        }
    }

    static boolean isElsewhere(ChannelStatus status, @Nullable OpenConsumer open) {
        return status.ownerId() != null && (open == null || !open.isServing());
    }

    /**
     * Refuses what a listener or a webhook of this application has.
     *
     * @param open what serves the channel for clients, if anything does
     */
    void refuseOthers(ChannelName name, @Nullable OpenConsumer open) {
        if (webhooks.get().contains(name)) {
            throw taken(name, "a webhook");
        }
        for (Consumer consumer : nsqite.consumers().all()) {
            if (consumer.topic().equals(name.topic())
                    && consumer.channel().equals(name.channel())
                    && (open == null || !open.is(consumer))) {
                throw taken(name, listener(name));
            }
        }
    }

    private static RefusedRequestException taken(ChannelName name, String holder) {
        return RefusedRequestException.conflict("The channel '%s' of topic '%s' belongs to %s of this application"
                .formatted(name.channel(), name.topic(), holder));
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
}
