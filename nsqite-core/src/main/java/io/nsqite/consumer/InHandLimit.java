package io.nsqite.consumer;

/**
 * How many messages of a channel may be handed out and unsettled at a time. It stands in the table, because after a crash the
 * next owner must suspect as many, and handles those one at a time. So it is small while handlers are slow, and grows
 * where fast ones would have to wait for settling. Guarded by the monitor.
 */
final class InHandLimit {

    private static final int MOST = 2048;
    private static final int LEAST = 16;

    private final int least;
    private final int most;
    private int stored;
    private int allowed;
    private int peak;
    private int expected;

    InHandLimit(ConsumerOptions options) {
        least = least(options);
        most = MOST + options.concurrency() * options.batchSize();
        stored = least;
        allowed = least;
    }

    /** What is stored when a channel is taken. */
    static int least(ConsumerOptions options) {
        return LEAST + options.concurrency() * options.batchSize();
    }

    boolean isReached(int unsettled) {
        return unsettled >= allowed;
    }

    /** Whether so many are unsettled that settling should not wait any longer. */
    boolean isNear(int unsettled) {
        return unsettled >= allowed / 2;
    }

    /** How many may be handed out at once: some, so that settling goes on beside. */
    int lengthOfRun(int unsettled) {
        return Math.max(1, Math.min(allowed / 4, allowed - unsettled));
    }

    /** Something was handed out. */
    void handedOut(int unsettled) {
        peak = Math.max(peak, unsettled);
    }

    /** So many are wanted at a time; whether that is more than before, so that storing it helps. */
    boolean expect(int inHand) {
        int possible = Math.min(inHand, most);
        boolean isMore = possible > allowed && possible > expected;
        expected = Math.max(expected, possible);
        return isMore;
    }

    /** Whether more may be in hand as soon as that is written. */
    boolean isAboutToGrow() {
        return expected > allowed;
    }

    /** What to store with the next settlement; the same as now unless handlers have become faster or slower. */
    int propose() {
        if (expected > stored) {
            return expected;
        }
        if (peak >= allowed) {
            return Math.min(most, stored * 2);
        }
        if (peak < stored / 4) {
            allowed =
                    Math.max(least, stored / 2); // before it is stored, so that never more are in hand than stand there
            return allowed;
        }
        return stored;
    }

    /** What the settlement must change in the table for a proposal; 0 for nothing. */
    int changeTo(int proposed) {
        return proposed == stored ? 0 : proposed;
    }

    /** The number is in the table, while so many are unsettled. */
    void store(int newStored, int unsettled) {
        stored = newStored;
        allowed = newStored;
        expected = 0;
        peak = unsettled;
    }
}
