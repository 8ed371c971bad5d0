package io.nsqite.spring.http;

import io.nsqite.admin.ChannelStatus;
import io.nsqite.consumer.Consumer;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who serves a channel.
 *
 * @param who "here", "elsewhere" or "nobody"
 * @param inFlight messages that are received and not answered; null if it is served elsewhere, as only that process knows
 */
record ServedBy(String who, @Nullable Integer inFlight) {

    static ServedBy of(ChannelStatus status, Collection<Consumer> consumers) {
        Optional<Consumer> here = consumers.stream()
                .filter(consumer -> consumer.topic().equals(status.name().topic())
                        && consumer.channel().equals(status.name().channel()))
                .filter(consumer -> consumer.state() == Consumer.State.ACTIVE)
                .findFirst();
        if (here.isPresent()) {
            return new ServedBy("here", here.get().inFlight());
        }
        return status.ownerId() == null ? new ServedBy("nobody", 0) : new ServedBy("elsewhere", null);
    }
}
