package io.nsqite.consumer;

/** When a message counts as handled. */
public enum AckMode {
    /** When its handler returns; it has failed when the handler throws. */
    AUTO,
    /** When it is answered through its {@link io.nsqite.message.Delivery}, from whatever thread. */
    MANUAL
}
