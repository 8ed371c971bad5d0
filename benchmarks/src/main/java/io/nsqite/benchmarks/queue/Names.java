package io.nsqite.benchmarks.queue;

import io.nsqite.admin.ChannelName;

/** The topics and channels that are used. */
public final class Names {

    public static final String TOPIC = "benchmark";
    public static final String RARE_TOPIC = "rare";
    public static final String LISTENER = "listener";

    /** The channel that most messages are for. */
    public static final ChannelName CHANNEL = new ChannelName(TOPIC, LISTENER);

    /** The channel of the rare topic. */
    public static final ChannelName RARE_CHANNEL = new ChannelName(RARE_TOPIC, LISTENER);

    private Names() {}
}
