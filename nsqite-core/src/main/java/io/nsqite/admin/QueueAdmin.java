package io.nsqite.admin;

import java.time.Duration;
import java.util.List;

/**
 * Looks at the queue. Safe for use by many threads; reads never wait for writers.
 */
public interface QueueAdmin {

    /** All topics, by name. Counts their messages, which takes a while in a large log. */
    List<TopicStatus> topics();

    /** The names of the topics that no channel listens to. Costs a look at each topic, not at its messages. */
    List<String> unheardTopics();

    /** All channels, by topic and name. */
    List<ChannelStatus> channels();

    /** A page of dead letters, oldest message first. */
    List<DeadLetter> deadLetters(DeadLetterQuery query);

    /**
     * Waits until a channel has nothing left to do: every message committed so far, and what comes while it waits, is
     * handled or a dead letter. Meant for tests.
     *
     * @throws IllegalArgumentException if there is no such channel
     * @throws IllegalStateException if the limit passes first; the message says what is left
     */
    void awaitDrained(ChannelName channel, Duration limit);
}
