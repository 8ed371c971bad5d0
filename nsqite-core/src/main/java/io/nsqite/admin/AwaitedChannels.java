package io.nsqite.admin;

import io.nsqite.store.StatusStore;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Channels that somebody waits for: one, those of a topic, or all. */
final class AwaitedChannels implements Draining.Awaited {

    private final QueueAccess access;
    private final StatusStore status;
    private final @Nullable String topic;
    private final @Nullable ChannelName one;

    AwaitedChannels(QueueAccess access) {
        this(access, null, null);
    }

    AwaitedChannels(QueueAccess access, String topic) {
        this(access, topic, null);
    }

    AwaitedChannels(QueueAccess access, ChannelName one) {
        this(access, one.topic(), one);
    }

    private AwaitedChannels(QueueAccess access, @Nullable String topic, @Nullable ChannelName one) {
        this.access = access;
        this.topic = topic;
        this.one = one;
        status = access.store().status();
    }

    @Override
    public String name() {
        if (one != null) {
            return "Channel " + one + " was";
        }
        return topic == null ? "The channels were" : "The channels of topic " + topic + " were";
    }

    @Override
    public boolean isBusy() {
        String channel = one == null ? null : one.channel();
        return access.read(connection -> status.isBusy(connection, topic, channel))
                .orElseGet(this::nothing);
    }

    /** Without a channel there is nothing to do, unless one was named. */
    private boolean nothing() {
        if (one != null) {
            throw access.noSuchChannel(one);
        }
        return false;
    }

    @Override
    public List<ChannelStatus> status() {
        return access.channels(Long.MAX_VALUE).stream()
                .filter(channel -> topic == null || channel.name().topic().equals(topic))
                .filter(channel ->
                        Objects.requireNonNullElse(one, channel.name()).equals(channel.name()))
                .toList();
    }
}
