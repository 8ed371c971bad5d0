package io.nsqite.consumer;

/**
 * Whether messages with the same key are handled one at a time, in the order of publishing. A message's turn ends when its handler returns, or
 * before that with an answer of the handler's own.
 */
public enum KeyOrder {
    /** No: up to {@code concurrency} handlers run side by side, whatever the keys. */
    NONE,
    /** Yes. When a message becomes a dead letter, the next of its key goes on. */
    SKIP_DEAD,
    /** Yes. A dead letter holds its key until it is replayed or discarded. */
    HOLD_BEHIND_DEAD;

    boolean isOrdered() {
        return this != NONE;
    }
}
