package io.nsqite.consumer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** For handlers, which get what there is, up to a number. */
final class FixedPortions extends Portions {

    private final ConsumerOptions options;

    FixedPortions(ConsumerOptions options) {
        this.options = options;
    }

    @Override
    int together() {
        return options.batchSize();
    }

    @Override
    int sideBySide() {
        return options.concurrency();
    }

    /** What failed before, or is suspect, comes alone, so that it takes no others along. */
    @Override
    boolean isAlone(Handout handout) {
        return options.batchSize() == 1 || handout.isRepeated();
    }

    @Override
    boolean areWanted() {
        return false;
    }

    @Override
    int room(Leases leases) {
        return isManual() ? options.concurrency() * options.batchSize() - leases.open() : Integer.MAX_VALUE;
    }

    private boolean isManual() {
        return options.ackMode() == AckMode.MANUAL;
    }

    @Override
    @Nullable
    Handout next(Supply supply) {
        return supply.nextOfBatch();
    }

    @Override
    void handedOut(List<Handout> handouts, Leases leases) {
        if (isManual()) {
            handouts.forEach(handout -> leases.begin(handout, options.ackLease()));
        }
    }
}
