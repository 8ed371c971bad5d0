package io.nsqite.admin;

import io.nsqite.message.Names;

/**
 * Where a dead letter stands among all of them, to go on after it. As text ({@link #toString()}, {@link #of(String)}) it is short
 * and needs no escaping in a URL.
 *
 * <pre>{@code
 * String next = page.get(page.size() - 1).cursor().toString(); // "42.mail"
 * admin.deadLetters(DeadLetterQuery.all().withAfter(DeadLetterCursor.of(next)));
 * }</pre>
 *
 * @param messageId the message
 * @param channel the channel that gave it up
 */
public record DeadLetterCursor(long messageId, String channel) {

    /** @throws IllegalArgumentException if the id is negative or the name malformed */
    public DeadLetterCursor {
        if (messageId < 0) {
            throw new IllegalArgumentException(
                    "The message id of a dead letter's cursor must not be negative but was " + messageId);
        }
        Names.channel(channel);
    }

    /**
     * Reads one from its text.
     *
     * @throws IllegalArgumentException if it is not the text of one
     */
    public static DeadLetterCursor of(String text) {
        int point = text.indexOf('.');
        try {
            return new DeadLetterCursor(
                    Long.parseLong(text.substring(0, Math.max(0, point))), text.substring(point + 1));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "A dead letter's cursor reads like 42.mail, message id and channel, but was '%s'; take it from DeadLetter.cursor()"
                            .formatted(text),
                    e);
        }
    }

    @Override
    public String toString() {
        return messageId + "." + channel;
    }
}
