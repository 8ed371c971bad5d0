package io.nsqite.spring;

/** Who acknowledges a message. */
public enum AckMode {
    /** The library: when the handler returns. */
    AUTO,
    /** The handler, through the {@link io.nsqite.message.Delivery}, which may do so later. */
    MANUAL
}
