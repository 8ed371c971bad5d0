package io.nsqite.store;

/**
 * A stretch of the log to read for one topic, and one or all priorities.
 *
 * @param topic name of the topic, for the messages read
 * @param after ids greater than this one
 * @param upTo and not greater than this one
 * @param priority or {@link #ALL_PRIORITIES}
 * @param now when it is read, in milliseconds: the payloads of messages to be delivered later are left out
 * @param maxRows stop after so many messages
 * @param maxBytes stop when their payloads together reach this
 */
public record Stretch(
        String topic, long topicId, int priority, long after, long upTo, long now, int maxRows, long maxBytes) {

    /** In the order of ids, whatever the priorities. */
    public static final int ALL_PRIORITIES = -1;
}
