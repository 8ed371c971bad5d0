package io.nsqite.spring;

/** Where a listener's channel starts when it is created. An existing channel goes on where it was. */
public enum StartFrom {
    /** The first channels of a topic, created together, at its beginning; one added later at its end. */
    DEFAULT,
    /** At the oldest message that is kept. */
    EARLIEST,
    /** After the newest message. */
    LATEST
}
