package io.nsqite.store;

/**
 * A process's right to serve a channel. Every settling statement carries it; it is void as soon as another process has
 * raised the epoch.
 *
 * @param changes the channel's change counter that the owner has taken notice of
 */
public record Claim(
        long channelId, long topicId, String topic, String channel, long ownerId, long epoch, long changes) {

    /** The same right, with notice taken of changes made by an operator. */
    public Claim withChanges(long newChanges) {
        return new Claim(channelId, topicId, topic, channel, ownerId, epoch, newChanges);
    }

    @Override
    public String toString() {
        return topic + "." + channel;
    }
}
