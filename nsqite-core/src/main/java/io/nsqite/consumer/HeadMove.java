package io.nsqite.consumer;

import io.nsqite.store.Claim;
import io.nsqite.store.Settlement.CursorMove;
import java.util.List;

/** A cursor's move past messages at the head of a channel, as a part of their handler's transaction. Changed with the monitor held. */
final class HeadMove {

    private final Claim claim;
    private final CursorMove move;
    private final List<Entry> entries;
    private volatile State state = State.IN_DOUBT;

    /** What is known of the transaction. */
    enum State {
        /** It may be committed at any time, or have been. */
        IN_DOUBT,
        /** It is committed, and memory says so. */
        PASSED,
        /** The channel was loaded again while it was in doubt. */
        OVERTAKEN
    }

    HeadMove(Claim claim, CursorMove move, List<Entry> entries) {
        this.claim = claim;
        this.move = move;
        this.entries = entries;
    }

    /** By which right it is made: one that an operator's change ends. */
    Claim claim() {
        return claim;
    }

    CursorMove move() {
        return move;
    }

    /** Those that the handler has. */
    List<Entry> entries() {
        return entries;
    }

    State state() {
        return state;
    }

    void became(State newState) {
        state = newState;
    }
}
