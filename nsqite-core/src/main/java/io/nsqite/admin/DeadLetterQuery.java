package io.nsqite.admin;

import io.nsqite.message.Names;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters to look at, a page at a time, oldest message first.
 *
 * <pre>{@code
 * List<DeadLetter> page = admin.deadLetters(DeadLetterQuery.all().withTopic("orders"));
 * }</pre>
 *
 * @param topic only of this topic; null for all
 * @param channel only of this channel; null for all
 * @param after only what comes after this one, for the next page: the last of the page before; null for the first page
 * @param limit how many at the most; 1 to 1000
 */
public record DeadLetterQuery(
        @Nullable String topic,
        @Nullable String channel,
        @Nullable DeadLetter after,
        int limit) {

    private static final int MAX_LIMIT = 1000;

    /** @throws IllegalArgumentException if a name is malformed or the limit out of range */
    public DeadLetterQuery {
        if (topic != null) {
            Names.topic(topic);
        }
        if (channel != null) {
            Names.channel(channel);
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "The limit of a page of dead letters must be 1 to %d but was %d".formatted(MAX_LIMIT, limit));
        }
    }

    /** The first 100 of all. */
    public static DeadLetterQuery all() {
        return new DeadLetterQuery(null, null, null, 100);
    }

    /** A copy for one topic. */
    public DeadLetterQuery withTopic(String newTopic) {
        return new DeadLetterQuery(newTopic, channel, after, limit);
    }

    /** A copy for one channel. */
    public DeadLetterQuery withChannel(String newChannel) {
        return new DeadLetterQuery(topic, newChannel, after, limit);
    }

    /** A copy for the page after the one that ended with this dead letter. */
    public DeadLetterQuery withAfter(DeadLetter last) {
        return new DeadLetterQuery(topic, channel, last, limit);
    }

    /** A copy with another size of a page. */
    public DeadLetterQuery withLimit(int newLimit) {
        return new DeadLetterQuery(topic, channel, after, newLimit);
    }
}
