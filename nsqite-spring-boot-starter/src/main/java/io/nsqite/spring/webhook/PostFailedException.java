package io.nsqite.spring.webhook;

import io.nsqite.error.NsqiteException;

/** A post that was not taken; kept with the messages that become dead letters by it. Says nothing of the address, as it may have secrets. */
final class PostFailedException extends NsqiteException {

    private static final long serialVersionUID = 1L;

    PostFailedException(String message) {
        super(message);
    }
}
