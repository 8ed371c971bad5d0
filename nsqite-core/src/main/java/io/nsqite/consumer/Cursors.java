package io.nsqite.consumer;

import io.nsqite.store.ChannelStore;
import io.nsqite.store.Settlement.CursorMove;
import java.util.Arrays;

/** Where the cursors of a channel stand in the table, by priority. Guarded by the monitor. */
final class Cursors {

    static final int PRIORITIES = ChannelStore.PRIORITIES;

    private final long[] doneTo = new long[PRIORITIES];

    Cursors(long[] doneTo) {
        load(doneTo);
    }

    void load(long[] newDoneTo) {
        System.arraycopy(newDoneTo, 0, doneTo, 0, PRIORITIES);
    }

    long of(int priority) {
        return doneTo[priority];
    }

    long least() {
        return Arrays.stream(doneTo).min().orElseThrow();
    }

    /** Whether a message is not passed yet. */
    boolean isAbove(long id, int priority) {
        return id > doneTo[priority];
    }

    void moved(CursorMove move) {
        doneTo[move.priority()] = move.to();
    }

    /** One has moved as far at least. */
    void reached(CursorMove move) {
        doneTo[move.priority()] = Math.max(doneTo[move.priority()], move.to());
    }
}
