package io.nsqite.consumer;

import io.nsqite.store.ChannelContents;
import io.nsqite.store.Claim;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.DeliveryState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The messages that may have been in hand when an earlier owner ended without order. They are handled one at a time,
 * those with the fewest attempts first, so that the one which kills the process is found and takes no neighbour along.
 * Guarded by the monitor.
 */
final class Suspects {

    private final Deque<DeliveryRow> rows = new ArrayDeque<>();
    private final Set<Long> begun = new HashSet<>();
    private SuspectSearch search;
    private @Nullable Handout inHand;
    private boolean handedOut = true;
    private Progress progress;

    private enum Progress {
        UNKNOWN,
        FOUND,
        CLEARED
    }

    Suspects(SuspectSearch search) {
        this.search = search;
        progress = search.isNeeded() ? Progress.UNKNOWN : Progress.CLEARED;
    }

    /** Finds them. */
    SuspectSearch search() {
        return search;
    }

    /** Whether it is known which they are. */
    boolean areFound() {
        return progress != Progress.UNKNOWN;
    }

    void found(List<DeliveryRow> found) {
        found.stream().filter(row -> !begun.contains(row.messageId())).forEach(rows::addLast);
        progress = Progress.FOUND;
    }

    /** An operator changed the channel: what is left may have to wait for others now, or be gone. */
    void reloaded(Claim claim, ChannelContents contents) {
        if (!areCleared()) {
            search = search.anew(claim, contents);
            rows.clear();
            progress = Progress.UNKNOWN;
        }
    }

    /** Whether all are handled and that is recorded, so that normal running may begin. */
    boolean areCleared() {
        return progress == Progress.CLEARED;
    }

    void recordedAsCleared() {
        progress = Progress.CLEARED;
    }

    /** Whether none is left, though that may not be recorded yet. */
    boolean areHandled() {
        return progress == Progress.FOUND && rows.isEmpty() && inHand == null;
    }

    /** Whether one is about to be handled, or being handled. */
    boolean isOneInHand() {
        return inHand != null;
    }

    /** The one whose turn it is. */
    DeliveryRow first() {
        return rows.getFirst();
    }

    /** The attempt of one is recorded; its handout is null if it need not be handled any more. */
    void begun(DeliveryRow row, @Nullable Handout handout) {
        rows.remove(row);
        begun.add(row.messageId());
        inHand = handout;
        handedOut = false;
    }

    /** The one whose attempt is recorded, once. */
    @Nullable
    Handout next() {
        if (handedOut) {
            return null;
        }
        handedOut = true;
        return inHand;
    }

    /** Something that was handed out has ended. */
    void ended(Handout handout) {
        if (handout.equals(inHand)) {
            inHand = null;
        }
    }

    /**
     * One whose attempt is recorded, but that was not handed out, goes back without the attempt, and is the first again.
     *
     * @param waiting how it goes on where it is none of them any more
     */
    Optional<Outcome> giveBack(Function<Handout, DeliveryRow> waiting) {
        Handout handout = inHand;
        if (handedOut || handout == null) {
            return Optional.empty();
        }
        inHand = null;
        handedOut = true;
        // while they are looked for anew the tables may still have it with the attempt: it waits like others
        if (!areFound()) {
            return Optional.of(Outcome.goesOn(handout.entry(), waiting.apply(handout)));
        }
        DeliveryRow row = handout.row().notStarted(DeliveryState.RUNNING, null);
        rows.addFirst(row);
        begun.remove(row.messageId());
        return Optional.of(Outcome.goesOn(handout.entry(), row));
    }

    int size() {
        return rows.size();
    }
}
