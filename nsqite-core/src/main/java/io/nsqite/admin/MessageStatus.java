package io.nsqite.admin;

import io.nsqite.message.Message;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that is kept, and what its channels do with it.
 *
 * @param message the message
 * @param deliverAt the time that its publisher has chosen; null for at once
 * @param deduplicationKey its deduplication key; null if it has none
 * @param channels the channels of its topic, by name
 */
public record MessageStatus(
        Message message,
        @Nullable Instant deliverAt,
        @Nullable String deduplicationKey,
        List<MessageProgress> channels) {

    /** Keeps a copy of the list. */
    public MessageStatus {
        channels = List.copyOf(channels);
    }
}
