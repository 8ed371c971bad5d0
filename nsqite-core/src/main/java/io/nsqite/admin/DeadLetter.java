package io.nsqite.admin;

import io.nsqite.message.Message;
import java.time.Instant;

/**
 * A message that a channel gave up.
 *
 * @param name the channel
 * @param message the message
 * @param attempts how often it was handled
 * @param error the last failure: class and message
 * @param stack its stack trace; empty where there was no exception
 * @param failedAt when it was given up
 */
public record DeadLetter(
        ChannelName name, Message message, int attempts, String error, String stack, Instant failedAt) {

    /** Where to go on after this one; see {@link DeadLetterQuery#withAfter(DeadLetterCursor)}. */
    public DeadLetterCursor cursor() {
        return new DeadLetterCursor(message.id(), name.channel());
    }
}
