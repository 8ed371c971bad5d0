package io.nsqite.pull;

/** What those who ask for messages have in their hands. */
interface Face {

    /** The queue has closed, so that nobody is to wait any more. */
    void queueClosed();
}
