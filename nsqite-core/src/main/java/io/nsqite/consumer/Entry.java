package io.nsqite.consumer;

import io.nsqite.message.Message;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the owner of a channel knows of a message above the cursor, or of one that it is handling. */
final class Entry {

    private final long id;
    private final int priority;
    private @Nullable Message message;
    private Stage stage;
    private Stored stored;

    private enum Stage {
        WAITING,
        IN_HAND,
        FINISHED
    }

    /** What the tables say of it besides the cursor. */
    enum Stored {
        NOTHING,
        DONE_ROW,
        DELIVERY_ROW
    }

    private Entry(long id, int priority, @Nullable Message message, Stage stage, Stored stored) {
        this.id = id;
        this.priority = priority;
        this.message = message;
        this.stage = stage;
        this.stored = stored;
    }

    /** A message read from the log, to be handled. */
    static Entry waiting(Message message) {
        return new Entry(message.id(), message.priority(), message, Stage.WAITING, Stored.NOTHING);
    }

    /** A message that has a row, so that it is not to be handled by way of the log. */
    static Entry stored(long id, int priority, Stored stored) {
        return new Entry(id, priority, null, Stage.FINISHED, stored);
    }

    long id() {
        return id;
    }

    int priority() {
        return priority;
    }

    /** Hands out one that was waiting. */
    Message take() {
        Message taken = Objects.requireNonNull(message);
        message = null;
        stage = Stage.IN_HAND;
        return taken;
    }

    /** Hands out one that has a row. */
    void takeAgain() {
        stage = Stage.IN_HAND;
    }

    void finish() {
        stage = Stage.FINISHED;
    }

    boolean isInHand() {
        return stage == Stage.IN_HAND;
    }

    boolean isWaiting() {
        return stage == Stage.WAITING;
    }

    Stored stored() {
        return stored;
    }

    void store(Stored newStored) {
        stored = newStored;
    }

    /** Whether the cursor may pass it: it is finished, or has a row of its own. */
    boolean isPassable() {
        return stored != Stored.NOTHING || stage == Stage.FINISHED;
    }
}
