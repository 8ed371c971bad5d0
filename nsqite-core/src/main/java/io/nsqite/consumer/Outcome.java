package io.nsqite.consumer;

import io.nsqite.store.DeliveryRow;
import org.jspecify.annotations.Nullable;

/** What becomes of a message, to be written. Guarded by the monitor. */
final class Outcome {

    private final Entry entry;
    private final @Nullable DeliveryRow row;
    private final Origin origin;
    private boolean written;
    private boolean holdsKey;

    private enum Origin {
        IN_HAND,
        LOG
    }

    private Outcome(Entry entry, @Nullable DeliveryRow row, Origin origin) {
        this.entry = entry;
        this.row = row;
        this.origin = origin;
    }

    /** A message that was in hand is done. */
    static Outcome done(Entry entry) {
        return new Outcome(entry, null, Origin.IN_HAND);
    }

    /** A message that was in hand goes on as a row says. */
    static Outcome goesOn(Entry entry, DeliveryRow row) {
        return new Outcome(entry, row, Origin.IN_HAND);
    }

    /** A message that was read from the log is not handled now. */
    static Outcome putAside(Entry entry, DeliveryRow row) {
        return new Outcome(entry, row, Origin.LOG);
    }

    Entry entry() {
        return entry;
    }

    /** How it goes on; null if it is done. */
    @Nullable
    DeliveryRow row() {
        return row;
    }

    boolean isDone() {
        return row == null;
    }

    boolean wasInHand() {
        return origin == Origin.IN_HAND;
    }

    /** Whether it is committed. */
    boolean isWritten() {
        return written;
    }

    /** The next of its key waits until it is committed. */
    void holdKey() {
        holdsKey = true;
    }

    /** Whether the next of its key waited for it. */
    boolean releaseKey() {
        boolean held = holdsKey;
        holdsKey = false;
        return held;
    }

    void committed() {
        written = true;
    }
}
