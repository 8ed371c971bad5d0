package io.nsqite.bus;

import java.util.concurrent.atomic.LongAdder;

/** What became of the events of a subscription. */
final class Tally {

    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAdder givenUp = new LongAdder();
    private final LongAdder discarded = new LongAdder();
    private final LongAdder timedOut = new LongAdder();

    LongAdder succeeded() {
        return succeeded;
    }

    LongAdder failed() {
        return failed;
    }

    LongAdder retried() {
        return retried;
    }

    LongAdder givenUp() {
        return givenUp;
    }

    LongAdder discarded() {
        return discarded;
    }

    LongAdder timedOut() {
        return timedOut;
    }
}
