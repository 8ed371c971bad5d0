package io.nsqite.consumer;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** All consumers of this process. Safe for use by many threads. */
public interface Consumers {

    /**
     * Registers subscriptions and creates the channels that don't exist yet, all in one transaction. Nothing is
     * consumed before {@link Consumer#start()}.
     *
     * @return the consumers in the order of the subscriptions
     * @throws IllegalArgumentException if two subscriptions, or one and an earlier one, have the same topic and channel
     */
    List<Consumer> register(Collection<Subscription> subscriptions);

    /**
     * Stops a consumer, see {@link Consumer#stop(Duration)}, and forgets it, so that its channel can be registered anew. The
     * channel itself stays.
     *
     * @return whether all handlers finished
     */
    boolean unregister(Consumer consumer, Duration timeout);

    /** The registered ones, in the order of registration. */
    List<Consumer> all();

    /**
     * Stops all of them side by side; see {@link Consumer#stop(Duration)}.
     *
     * @return whether all handlers finished
     */
    boolean stopAll(Duration timeout);
}
