package io.nsqite.consumer;

import io.nsqite.message.Message;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.Mark;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the owner of a channel knows of a message above the cursor, or of one that it is handling. */
final class Entry {

    private final long id;
    private final int priority;
    private @Nullable String key;
    private @Nullable Message message;
    private Stage stage;
    private Stored stored;
    private boolean inLane;

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

    private Entry(Message message, Stage stage) {
        id = message.id();
        priority = message.priority();
        key = message.key();
        this.message = message;
        this.stage = stage;
        stored = Stored.NOTHING;
    }

    private Entry(Mark mark, @Nullable String key, Stored stored) {
        id = mark.messageId();
        priority = mark.priority();
        this.key = key;
        stage = Stage.FINISHED;
        this.stored = stored;
    }

    /** A message read from the log, to be handled. */
    static Entry waiting(Message message) {
        return new Entry(message, Stage.WAITING);
    }

    /** A message that has a row, so that it is not to be handled by way of the log. */
    static Entry stored(Mark mark, Stored stored) {
        return new Entry(mark, null, stored);
    }

    /** A message that has a delivery row. */
    static Entry stored(DeliveryRow row) {
        return new Entry(new Mark(row.messageId(), row.priority()), row.key(), Stored.DELIVERY_ROW);
    }

    long id() {
        return id;
    }

    /** The message's key, if it has one; not known of one that was stored when the channel was loaded. */
    @Nullable
    String key() {
        return key;
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

    /** Takes one back that was handed out and not begun. */
    void putBack(Message again) {
        message = again;
        stage = Stage.WAITING;
    }

    /** Instead of waiting it gets a row. */
    void putAside() {
        message = null;
        stage = Stage.FINISHED;
    }

    /** Hands out one that has a row. */
    void takeAgain(@Nullable String knownKey) {
        key = knownKey;
        stage = Stage.IN_HAND;
    }

    void finish() {
        stage = Stage.FINISHED;
    }

    /** Whether it is among those that keep the cursor from moving, or will be passed by it. */
    boolean isInLane() {
        return inLane;
    }

    void enterLane() {
        inLane = true;
    }

    void leaveLane() {
        inLane = false;
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
