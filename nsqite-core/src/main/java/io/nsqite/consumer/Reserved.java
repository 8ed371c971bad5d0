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

    private final Lanes lanes;
    private final Map<Long, State> states = new HashMap<>();
    private final Map<Long, Entry> withheld = new HashMap<>();
    private final Set<Long> gone = new HashSet<>();
    private final Set<Long> received = new HashSet<>();

    private enum State {
        OPEN,
        ENDED
    }

    Reserved(Lanes lanes) {
        this.lanes = lanes;
    }

    /** False if a handler had it already. */
    boolean reserve(long id) {
        if (received.contains(id)) {
            return false;
        }
        states.put(id, State.OPEN);
        return true;
    }

    /** A handler had it and gave it back without an attempt, of which the tables say nothing. */
    void wasReceived(Entry entry) {
        received.add(entry.id());
    }

    /** How many wait that handlers had already. */
    int received() {
        return received.size();
    }

    /** The transaction has ended, by commit or rollback. */
    void ended(long id) {
        states.replace(id, State.ENDED);
    }

    /** The next message to hand out. */
    @Nullable
    Entry poll() {
        Entry entry = lanes.poll();
        while (entry != null && isHeldBack(entry)) {
            entry = lanes.poll();
        }
        return entry;
    }

    private boolean isHeldBack(Entry entry) {
        if (states.isEmpty() && gone.isEmpty() && received.isEmpty()) {
            return false; // as a rule
        }
        if (!received.isEmpty()) {
            received.remove(entry.id()); // it is in hand again
        }
        if (gone.remove(entry.id())) {
            drop(entry);
            return true;
        }
        if (!states.containsKey(entry.id())) {
            return false;
        }
        withheld.put(entry.id(), entry);
        return true;
    }

    /** It was cancelled: the cursor may pass it, and the next of its key goes on. */
    private void drop(Entry entry) {
        entry.putAside();
        lanes.of(entry.priority()).waiting().acknowledged(entry);
    }

    /** One whose transaction has ended, so that the log can be asked. */
    Optional<Long> nextEnded() {
        if (states.isEmpty()) {
            return Optional.empty(); // as a rule, and asked before every message
        }
        return states.entrySet().stream()
                .filter(reserved -> reserved.getValue() == State.ENDED)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The log was asked what became of a message whose reservation had ended. */
    void release(long id, boolean exists) {
        if (!states.remove(id, State.ENDED)) {
            return; // another transaction wants to cancel it meanwhile
        }
        Entry entry = withheld.remove(id);
        if (entry != null && exists) {
            lanes.of(entry.priority()).waiting().putBack(entry);
        } else if (entry != null) {
            drop(entry);
        } else if (!exists && lanes.find(id) != null) {
            gone.add(id);
        }
    }

    /** What was withheld is read again. */
    void clear() {
        withheld.clear();
        gone.clear();
    }
}
