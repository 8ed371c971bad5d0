package io.nsqite.bus;

import io.nsqite.error.NsqiteException;

/** The publishing thread was interrupted while it waited for a subscriber to have room, which has not got the event. The thread stays interrupted. */
public final class PublishInterruptedException extends NsqiteException {

    private static final long serialVersionUID = 1L;

    private final String topic;
    private final String channel;

    PublishInterruptedException(String topic, String channel, InterruptedException cause) {
        super(
                ("Interrupted while waiting for room at channel %s of topic %s, which has not got the event;"
                                + " subscribers that had room have it")
                        .formatted(channel, topic),
                cause);
        this.topic = topic;
        this.channel = channel;
    }

    /** The topic. */
    public String topic() {
        return topic;
    }

    /** The channel whose subscriber had no room. */
    public String channel() {
        return channel;
    }
}
