package io.nsqite.consumer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many messages go out together, and side by side. Guarded by the monitor, but for the sizes. */
abstract class Portions {

    /** As a subscription says. */
    static Portions of(Subscription subscription) {
        return subscription.handler() instanceof Demand demand
                ? new WantedPortions(demand)
                : new FixedPortions(subscription.options());
    }

    /** How many go out together at the most. */
    abstract int together();

    /** How many, of those that come alone, go out side by side at the most. */
    abstract int sideBySide();

    /** Whether it goes out without others. */
    abstract boolean isAlone(Handout handout);

    /** Whether somebody has asked for as many. */
    abstract boolean areWanted();

    /** Whether what was begun for somebody is for nobody now. */
    boolean areForNobody() {
        return false;
    }

    /** How many may go out now, besides those that have a lease. */
    abstract int room(Leases leases);

    /** One more for the portion; null if there is none in memory. */
    abstract @Nullable Handout next(Supply supply);

    /** Messages go out. */
    abstract void handedOut(List<Handout> handouts, Leases leases);

    /** The serving of the channel begins. */
    void begin(Demand.Source source) {}

    /** Somebody looks for what can go out. */
    void looking() {}

    /** There was nothing. */
    void nothing() {}

    /** One has got its answer, or has none in time. */
    void ended(Handout handout) {}

    /** Nothing more goes out. */
    void stopping() {}

    /** The serving of the channel is over. */
    void end() {}
}
