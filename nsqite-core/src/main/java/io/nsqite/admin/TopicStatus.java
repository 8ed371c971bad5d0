package io.nsqite.admin;

/**
 * A topic.
 *
 * @param topic its name
 * @param messages how many messages of it are kept, consumed ones included
 * @param channels how many channels it has
 */
public record TopicStatus(String topic, long messages, int channels) {}
