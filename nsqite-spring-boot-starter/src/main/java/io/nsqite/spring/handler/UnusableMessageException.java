package io.nsqite.spring.handler;

import io.nsqite.error.NsqiteException;
import io.nsqite.message.Message;

/**
 * A message that can't be given to its listener: the payload makes no such object, is not valid, or a header is missing.
 * Trying again can't cure that, so it becomes a dead letter at once.
 */
public final class UnusableMessageException extends NsqiteException {

    private static final long serialVersionUID = 1L;

    UnusableMessageException(Message message, String listener, Exception cause) {
        super("The %s can't be given to %s: %s".formatted(message, listener, cause.getMessage()), cause);
    }
}
