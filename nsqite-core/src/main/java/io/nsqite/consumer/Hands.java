package io.nsqite.consumer;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** What handlers have, and how much of what they had is not settled in the tables yet. Guarded by the monitor. */
final class Hands {

    private final Set<Entry> withRow = new HashSet<>();
    private int unsettled;
    private int inHand;

    /** One was handed out. */
    void took() {
        unsettled++;
        inHand++;
    }

    /** One that has a row was handed out. */
    void tookWithRow(Entry entry) {
        took();
        hasRow(entry);
    }

    /** One in hand got a row. */
    void hasRow(Entry entry) {
        withRow.add(entry);
    }

    /** One was not begun, and waits again. */
    void gaveBack() {
        unsettled--;
        inHand--;
    }

    /** One has ended, and is to be settled. */
    void ended(Entry entry) {
        inHand--;
        if (!withRow.isEmpty()) {
            withRow.remove(entry);
        }
    }

    /** One that had ended is settled. */
    void settled() {
        unsettled--;
    }

    /** One was settled as it ended. */
    void endedSettled(Entry entry) {
        ended(entry);
        settled();
    }

    int unsettled() {
        return unsettled;
    }

    int inHand() {
        return inHand;
    }

    void forEachWithRow(Consumer<Entry> action) {
        withRow.forEach(action);
    }
}
