package io.nsqite.pull;

import io.nsqite.error.NsqiteException;
import java.time.Instant;

/**
 * Another process serves the channel, so this one can't. It stands by, and has the channel when the other one stops or dies: try again
 * later, or ask the other process.
 */
public class ChannelBusyException extends NsqiteException {

    private static final long serialVersionUID = 1L;

    private final String topic;
    private final String channel;
    private final long ownerId;
    private final Instant ownerSince;

    /**
     * With who has it.
     *
     * @param ownerId which process, as {@link io.nsqite.admin.QueueAdmin#owners()} knows it
     * @param ownerSince when that process came
     */
    public ChannelBusyException(String topic, String channel, long ownerId, Instant ownerSince) {
        super(
                "Channel '%s' of topic '%s' is served by another process (owner %d, which started at %s); ask that one, or try again when it has stopped"
                        .formatted(channel, topic, ownerId, ownerSince));
        this.topic = topic;
        this.channel = channel;
        this.ownerId = ownerId;
        this.ownerSince = ownerSince;
    }

    /** The topic. */
    public String topic() {
        return topic;
    }

    /** The channel. */
    public String channel() {
        return channel;
    }

    /** Which process serves it. */
    public long ownerId() {
        return ownerId;
    }

    /** When that process came. */
    public Instant ownerSince() {
        return ownerSince;
    }
}
