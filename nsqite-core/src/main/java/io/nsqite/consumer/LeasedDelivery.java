package io.nsqite.consumer;

import io.nsqite.message.Delivery;
import java.time.Duration;

/** A delivery to somebody who asked for it, see {@link Demand}. It has no lease until {@link #lease} begins one. */
public interface LeasedDelivery extends Delivery {

    /**
     * Begins a lease, or begins it anew: when it is over the delivery is not its holder's any more, and the message comes again. Writes
     * nothing.
     *
     * @throws IllegalStateException if it was answered
     * @throws io.nsqite.message.DeliveryLostException if it is not this process's any more, or its lease is over
     */
    void lease(Duration length);

    /** Whether a lease was over before anybody answered. */
    boolean isExpired();
}
