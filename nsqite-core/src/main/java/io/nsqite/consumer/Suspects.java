package io.nsqite.consumer;

import io.nsqite.message.Message;
import io.nsqite.store.ChannelContents;
import io.nsqite.store.ChannelStore.Taken;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.DeliveryState;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages that may have been in hand when an earlier owner ended without order. They are handled one at a time,
 * those with the fewest attempts first, so that the one which kills the process is found and takes no neighbour along.
 * Guarded by the monitor.
 */
final class Suspects {

    private final Taken taken;
    private final ChannelContents contents;
    private final Deque<DeliveryRow> rows = new ArrayDeque<>();
    private @Nullable Handout inHand;
    private boolean handedOut = true;
    private Progress progress;

    private enum Progress {
        UNKNOWN,
        FOUND,
        CLEARED
    }

    Suspects(Taken taken, ChannelContents contents) {
        this.taken = taken;
        this.contents = contents;
        boolean none = !taken.unclean() && contents.running().isEmpty();
        progress = none ? Progress.CLEARED : Progress.UNKNOWN;
    }

    /** Looks for them, without the monitor. */
    List<DeliveryRow> find(LogReading reading) throws SQLException {
        List<DeliveryRow> found = new ArrayList<>(contents.running());
        if (taken.unclean()) {
            Set<Long> settled = new HashSet<>(contents.done());
            settled.addAll(contents.passedByRow());
            for (int priority = 0; priority < contents.cursors().length; priority++) {
                found.addAll(firstUnsettled(reading, priority, settled));
            }
        }
        found.sort(Comparator.comparingInt(DeliveryRow::attempts).thenComparingLong(DeliveryRow::messageId));
        return found;
    }

    private List<DeliveryRow> firstUnsettled(LogReading reading, int priority, Set<Long> settled) throws SQLException {
        List<DeliveryRow> unsettled = new ArrayList<>();
        long position = contents.cursors()[priority];
        boolean atEnd = false;
        while (!atEnd && unsettled.size() < taken.inHand()) {
            LogReading.Step step = reading.read(taken.claim(), priority, position);
            step.messages().stream()
                    .filter(message -> !settled.contains(message.id()))
                    .limit(taken.inHand() - unsettled.size())
                    .map(Suspects::neverAttempted)
                    .forEach(unsettled::add);
            position = step.readUpTo();
            atEnd = step.atEnd();
        }
        return unsettled;
    }

    private static DeliveryRow neverAttempted(Message message) {
        return new DeliveryRow(message.id(), message.priority(), DeliveryState.RUNNING, null, 0, message.key(), null);
    }

    /** Whether it is known which they are. */
    boolean areFound() {
        return progress != Progress.UNKNOWN;
    }

    void found(List<DeliveryRow> found) {
        rows.addAll(found);
        progress = Progress.FOUND;
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

    /** The attempt of the first is recorded; null if it need not be handled any more. */
    void begun(@Nullable Handout handout) {
        rows.removeFirst();
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

    /** One whose attempt is recorded, but that was not handed out, goes back without the attempt. */
    Optional<Outcome> giveBack() {
        Handout handout = inHand;
        if (handedOut || handout == null) {
            return Optional.empty();
        }
        handedOut = true;
        DeliveryRow row = Objects.requireNonNull(handout.row());
        return Optional.of(new Outcome(handout.entry(), row.notStarted(DeliveryState.RUNNING, null)));
    }

    int size() {
        return rows.size();
    }
}
