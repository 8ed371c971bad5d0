package io.nsqite.sample.demo;

import org.jspecify.annotations.Nullable;

/** The demo can't begin or end; the message is for the terminal. */
class DemoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoException(String message) {
        super(message);
    }

    DemoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
