package io.nsqite.bus;

/** When an event counts as handled. */
public enum BusAckMode {
    /** When its handler returns; it has failed when the handler throws. */
    AUTO,
    /**
     * When it is answered through its {@link BusDelivery}, from whatever thread. Until then it is being handled: never more than {@link
     * BusOptions#concurrency()} deliveries are open at a time, and each answer brings the next.
     */
    MANUAL
}
