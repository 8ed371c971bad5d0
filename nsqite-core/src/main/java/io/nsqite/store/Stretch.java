package io.nsqite.store;

/**
 * A stretch of the log to read for one topic and priority.
 *
 * @param topic name of the topic, for the messages read
 * @param after ids greater than this one
 * @param upTo and not greater than this one
 * @param maxRows stop after so many messages
 * @param maxBytes stop when their payloads together reach this
 */
public record Stretch(String topic, long topicId, int priority, long after, long upTo, int maxRows, long maxBytes) {}
