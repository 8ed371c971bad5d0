package io.nsqite.consumer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages that transactions are about to cancel. They are withheld until such a transaction has ended; then the log says whether they
 * are still there. Guarded by the monitor.
 */
final class Reserved {

    private final Map<Long, State> states = new HashMap<>();
    private final Map<Long, Entry> withheld = new HashMap<>();
    private final Set<Long> gone = new HashSet<>();

    private enum State {
        OPEN,
        ENDED
    }

    /** What to do with a message whose turn it is. */
    enum Fate {
        /** Nobody wants to cancel it. */
        HAND_OUT,
        /** It is kept here until the transaction has ended. */
        WITHHELD,
        /** It was cancelled. */
        DROP
    }

    void reserve(long id) {
        states.put(id, State.OPEN);
    }

    /** The transaction has ended, by commit or rollback. */
    void ended(long id) {
        states.replace(id, State.ENDED);
    }

    Fate fate(Entry entry) {
        if (states.isEmpty() && gone.isEmpty()) {
            return Fate.HAND_OUT;
        }
        if (gone.remove(entry.id())) {
            return Fate.DROP;
        }
        if (!states.containsKey(entry.id())) {
            return Fate.HAND_OUT;
        }
        withheld.put(entry.id(), entry);
        return Fate.WITHHELD;
    }

    /** One whose transaction has ended, so that the log can be asked. */
    Optional<Long> nextEnded() {
        return states.entrySet().stream()
                .filter(reserved -> reserved.getValue() == State.ENDED)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The log was asked; the entry that was withheld, if it was, and null if another transaction wants to cancel it meanwhile. */
    @Nullable
    Entry release(long id) {
        if (!states.remove(id, State.ENDED)) {
            return null;
        }
        return withheld.remove(id);
    }

    /** It was cancelled, and is still among those that wait. */
    void gone(long id) {
        gone.add(id);
    }

    /** What was withheld is read again. */
    void clear() {
        withheld.clear();
        gone.clear();
    }
}
