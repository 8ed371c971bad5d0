package io.nsqite.consumer;

import java.util.ArrayDeque;
import java.util.Deque;

/** The messages of one key. Guarded by the monitor. */
final class KeyLine {

    private static final long NOBODY = 0;

    private final Deque<Entry> waiting = new ArrayDeque<>(4);
    private long head = NOBODY;
    private Head kind = Head.NONE;
    private boolean rows;
    private int pending;

    private enum Head {
        /** Whose turn it is, is to be found out. */
        NONE,
        /** It is ready or in hand. */
        HERE,
        /** It waits in the table. */
        ROW
    }

    static KeyLine headedBy(Entry entry) {
        KeyLine line = new KeyLine();
        line.head(entry.id());
        return line;
    }

    /** Those in memory behind the head, in their order. */
    Deque<Entry> waiting() {
        return waiting;
    }

    /** It is this one's turn: it is ready or in hand. */
    void head(long id) {
        head = id;
        kind = Head.HERE;
    }

    /** It is the turn of one that waits in the table. */
    void behindRow(long id) {
        head = id;
        kind = Head.ROW;
    }

    /** Whose turn it is must be found out. */
    void vacate() {
        head = NOBODY;
        kind = Head.NONE;
    }

    boolean isHeadedBy(long id) {
        return kind == Head.HERE && head == id;
    }

    boolean isBehindRow(long id) {
        return kind == Head.ROW && head == id;
    }

    /** Whether the table may hold messages of the key. */
    boolean hasRows() {
        return rows;
    }

    void mayHaveRows() {
        rows = true;
    }

    void hasNoRows() {
        rows = false;
    }

    /** The table is about to get a row, or to lose one. */
    void pending(Outcome outcome) {
        rows = true;
        pending++;
        outcome.holdKey();
    }

    /** Whether the outcome was one that a look has to wait for. */
    boolean settled(Outcome outcome) {
        if (!outcome.releaseKey()) {
            return false;
        }
        pending--;
        return true;
    }

    /** Whether the table may be asked whose turn it is: nobody's so far, and everything is written. */
    boolean isReadyToLook() {
        return kind == Head.NONE && pending == 0;
    }
}
