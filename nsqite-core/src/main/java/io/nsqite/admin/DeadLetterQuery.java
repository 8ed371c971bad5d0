package io.nsqite.admin;

import io.nsqite.message.Names;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters to look at, a page at a time, or to replay. Oldest message first. Immutable.
 *
 * <pre>{@code
 * DeadLetterQuery timeouts = DeadLetterQuery.all().withTopic("orders").withErrorContaining("timeout");
 * List<DeadLetter> page = admin.deadLetters(timeouts);
 * long replayed = admin.replayAll(timeouts);
 * }</pre>
 *
 * @param topic only of this topic; null for all
 * @param channel only of this channel, whatever the topic; null for all
 * @param failedFrom only those given up at this time or later; null for all. To the millisecond, by the clock of the process
 *     that gave them up
 * @param failedBefore only those given up before this time; null for all
 * @param error only those whose error, class and message, contains this text, whatever the case of ASCII letters; null for
 *     all. No character has a special meaning
 * @param after only what comes after this one, for the next page; null for the first page
 * @param limit how many at the most; 1 to 1000. {@link #NO_LIMIT}, the default, is 100 for a page and all for replaying
 */
public record DeadLetterQuery(
        @Nullable String topic,
        @Nullable String channel,
        @Nullable Instant failedFrom,
        @Nullable Instant failedBefore,
        @Nullable String error,
        @Nullable DeadLetterCursor after,
        int limit) {

    /** Nothing was said of how many. */
    public static final int NO_LIMIT = 0;

    private static final int MAX_LIMIT = 1000;

    /** @throws IllegalArgumentException if a name is malformed, the error empty, the time or the limit out of range */
    public DeadLetterQuery {
        if (topic != null) {
            Names.topic(topic);
        }
        if (channel != null) {
            Names.channel(channel);
        }
        if (failedFrom != null && failedBefore != null && !failedFrom.isBefore(failedBefore)) {
            throw new IllegalArgumentException(
                    "No dead letter failed from %s on and before %s; the first time must be the earlier one"
                            .formatted(failedFrom, failedBefore));
        }
        if (error != null && error.isEmpty()) {
            throw new IllegalArgumentException("The text that errors must contain is empty; leave it out to see all");
        }
        if (limit < NO_LIMIT || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "The limit of a query for dead letters must be 1 to %d but was %d".formatted(MAX_LIMIT, limit));
        }
    }

    /** All. */
    public static DeadLetterQuery all() {
        return new DeadLetterQuery(null, null, null, null, null, null, NO_LIMIT);
    }

    /** Those of one channel of one topic. */
    public static DeadLetterQuery of(ChannelName name) {
        return all().withTopic(name.topic()).withChannel(name.channel());
    }

    /** A copy for one topic. */
    public DeadLetterQuery withTopic(String newTopic) {
        return new DeadLetterQuery(newTopic, channel, failedFrom, failedBefore, error, after, limit);
    }

    /** A copy for one channel. */
    public DeadLetterQuery withChannel(String newChannel) {
        return new DeadLetterQuery(topic, newChannel, failedFrom, failedBefore, error, after, limit);
    }

    /** A copy for what was given up at a time or later. */
    public DeadLetterQuery withFailedFrom(Instant newFailedFrom) {
        return new DeadLetterQuery(topic, channel, newFailedFrom, failedBefore, error, after, limit);
    }

    /** A copy for what was given up before a time. */
    public DeadLetterQuery withFailedBefore(Instant newFailedBefore) {
        return new DeadLetterQuery(topic, channel, failedFrom, newFailedBefore, error, after, limit);
    }

    /** A copy for errors, class and message, that contain a text; whatever the case of ASCII letters. */
    public DeadLetterQuery withErrorContaining(String text) {
        return new DeadLetterQuery(topic, channel, failedFrom, failedBefore, text, after, limit);
    }

    /** A copy for the page after the one that ended with this dead letter. */
    public DeadLetterQuery withAfter(DeadLetter last) {
        return withAfter(last.cursor());
    }

    /** A copy for the page after the one that ended there. */
    public DeadLetterQuery withAfter(DeadLetterCursor last) {
        return new DeadLetterQuery(topic, channel, failedFrom, failedBefore, error, last, limit);
    }

    /** A copy for so many at the most. */
    public DeadLetterQuery withLimit(int newLimit) {
        return new DeadLetterQuery(topic, channel, failedFrom, failedBefore, error, after, newLimit);
    }
}
