package io.nsqite.pull;

import io.nsqite.message.Message;
import java.util.Objects;

/**
 * A message that somebody has received.
 *
 * @param message the message
 * @param receipt what to answer with
 * @param attempt which execution this is, from 1
 * @param lastAttempt whether a failure now would be the last, after which the message becomes a dead letter
 */
public record PulledMessage(Message message, Receipt receipt, int attempt, boolean lastAttempt) {

    /** All of it. */
    public PulledMessage {
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(receipt, "receipt");
    }
}
