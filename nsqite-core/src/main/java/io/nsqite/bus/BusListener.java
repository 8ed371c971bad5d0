package io.nsqite.bus;

/**
 * Hears of subscriptions, for example to show their figures somewhere. Called on the thread that subscribes or ends one, one call at a time; what it
 * throws is logged.
 */
public interface BusListener {

    /** One has begun. */
    default void subscribed(BusSubscription subscription) {}

    /** One accepts nothing any more; what it has accepted may still be handled. */
    default void ended(BusSubscription subscription) {}
}
