package io.nsqite.consumer;

import io.nsqite.consumer.Backlog.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Outcomes that are still to be written: those that wait, and the batch that is being written. Guarded by the monitor. */
final class Outcomes {

    private List<Outcome> waiting = new ArrayList<>();
    private @Nullable Batch batch;

    void add(Outcome outcome) {
        waiting.add(outcome);
    }

    /** How many wait for a batch. */
    int waiting() {
        return waiting.size();
    }

    boolean isEmpty() {
        return waiting.isEmpty() && batch == null;
    }

    /** Whether a batch is being written. */
    boolean areBeingWritten() {
        return batch != null;
    }

    /** Whether one is about a message. */
    boolean areAbout(long id) {
        return areAbout(waiting, id) || (batch != null && areAbout(batch.outcomes(), id));
    }

    private static boolean areAbout(List<Outcome> some, long id) {
        return some.stream().anyMatch(outcome -> outcome.entry().id() == id);
    }

    /** Whether the batch gives a row to a message that is still in hand. */
    boolean giveRowTo(long id) {
        return batch != null && batch.newRows().stream().anyMatch(row -> row.messageId() == id);
    }

    /** The batch that is being written; else a new one. */
    Batch batch(Supplier<Batch> builder) {
        if (batch == null) {
            batch = builder.get();
        }
        return batch;
    }

    /** Those that wait, for a batch. */
    List<Outcome> takeWaiting() {
        List<Outcome> taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }

    /** The batch is committed. */
    void committed() {
        batch = null;
    }

    /** The batch can't be written as it is. Its outcomes wait again, but only those of messages in hand: the others are read again. */
    void restart() {
        if (batch != null) {
            waiting.addAll(0, batch.outcomes());
            batch = null;
        }
        waiting.removeIf(outcome -> !outcome.wasInHand());
    }

    void forEachWaiting(Consumer<Outcome> action) {
        waiting.forEach(action);
    }
}
