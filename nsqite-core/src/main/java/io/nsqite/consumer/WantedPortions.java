package io.nsqite.consumer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** For those who ask: as many as they want. Each message gets its own answer, so none has to come alone. */
final class WantedPortions extends Portions {

    private final Demand demand;

    WantedPortions(Demand demand) {
        this.demand = demand;
    }

    @Override
    int together() {
        return demand.wanted();
    }

    @Override
    int sideBySide() {
        return Math.max(1, demand.wanted()); // what was wanted when a look began need not be any more
    }

    @Override
    boolean isAlone(Handout handout) {
        return false;
    }

    @Override
    boolean areWanted() {
        return true;
    }

    @Override
    boolean areForNobody() {
        return demand.wanted() == 0;
    }

    @Override
    int room(Leases leases) {
        return demand.wanted();
    }

    @Override
    @Nullable
    Handout next(Supply supply) {
        return supply.nextOfPortion();
    }

    @Override
    void handedOut(List<Handout> handouts, Leases leases) {
        // leases begin when they reach those who asked
    }

    @Override
    void begin(Demand.Source source) {
        demand.begin(source);
    }

    @Override
    void looking() {
        demand.looking();
    }

    @Override
    void nothing() {
        demand.nothing();
    }

    @Override
    void ended(Handout handout) {
        demand.ended(handout);
    }

    @Override
    void stopping() {
        demand.stopping();
    }

    @Override
    void end() {
        demand.end();
    }
}
