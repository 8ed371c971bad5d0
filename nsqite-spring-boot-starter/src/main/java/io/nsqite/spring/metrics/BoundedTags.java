package io.nsqite.spring.metrics;

import io.nsqite.admin.ChannelName;

/**
 * The values of the tags for topics and channels. A program may have as many of them as it likes, but each value costs the monitoring system: the
 * first so many have their own, the rest share {@value #OTHER}. Safe for use by many threads.
 */
public final class BoundedTags {

    /** The value that the rest share. */
    public static final String OTHER = "other";

    private final FirstComers<String> topics;
    private final FirstComers<ChannelName> channels;

    /**
     * With limits.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public BoundedTags(int maxTopics, int maxChannels) {
        topics = new FirstComers<>("topics", maxTopics);
        channels = new FirstComers<>("channels", maxChannels);
    }

    /** The value for a topic; always the same for the same. */
    public String topic(String topic) {
        return topics.include(topic) ? topic : OTHER;
    }

    /** The value for a channel of a topic; always the same for the same. Channels of topics that share a value share one too. */
    public String channel(String topic, String channel) {
        return topics.include(topic) && channels.include(new ChannelName(topic, channel)) ? channel : OTHER;
    }

    /** Whether a channel has values of its own, so that what is shown of it is of no other. */
    boolean areOwn(ChannelName name) {
        return topics.include(name.topic()) && channels.include(name);
    }

    @Override
    public String toString() {
        return "%s, %s".formatted(topics, channels);
    }
}
