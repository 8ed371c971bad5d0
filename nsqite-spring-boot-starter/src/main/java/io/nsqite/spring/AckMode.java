package io.nsqite.spring;

/** Who acknowledges a message. */
public enum AckMode {
    /** The library: when the handler returns. */
    AUTO,
    /**
     * The handler, through the {@link io.nsqite.message.Delivery}, which may do so later. A message is being handled until then, so the
     * {@link NsqiteListener#concurrency()} (times the batch size, if there is one) is how many deliveries may be open at a time.
     */
    MANUAL
}
