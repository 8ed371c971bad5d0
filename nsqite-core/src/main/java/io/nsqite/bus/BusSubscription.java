package io.nsqite.bus;

import java.time.Duration;
import java.util.Optional;

/** A subscription, to look at and to end. Safe for use by many threads. */
public interface BusSubscription extends AutoCloseable {

    /** Its topic. */
    String topic();

    /** Its channel. */
    String channel();

    /** What it has before it, and what it has done. */
    BusSubscriptionStatus status();

    /** Accepts nothing from now on, and waits for nothing: to end several at once before each is {@link #stop stopped}. */
    void end();

    /**
     * Ends it: accepts nothing from now on, has handled what was accepted, and ends its threads. Called by its own handler it does not wait for that
     * one.
     *
     * @return what is left where the limit was too short; empty if everything was handled, or it was stopped before
     */
    Optional<BusLeftover> stop(Duration limit);

    /** {@link #stop Ends} it within the bus's {@link EventBusBuilder#stopTimeout(Duration) limit}, and what is left is logged. */
    @Override
    void close();
}
