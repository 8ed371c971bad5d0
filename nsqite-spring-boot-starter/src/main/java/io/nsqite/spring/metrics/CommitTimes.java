package io.nsqite.spring.metrics;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When the latest messages of this process were committed. A ring: a message is forgotten when its place is needed by one that is {@value #SIZE}
 * ids younger. Safe for use by many threads, which don't wait for each other.
 */
final class CommitTimes {

    static final int SIZE = 8192;

    private static final int MASK = SIZE - 1;
    private static final long NONE = 0;

    private final AtomicLongArray ids = new AtomicLongArray(SIZE);
    private final AtomicLongArray nanos = new AtomicLongArray(SIZE);

    /** Remembers when a message was committed. */
    void committed(long messageId, long nanoTime) {
        int place = place(messageId);
        ids.set(place, NONE); // so that nobody reads the time of one message as that of another
        nanos.set(place, nanoTime);
        ids.set(place, messageId);
    }

    /** When a message was committed, if that is still known. */
    OptionalLong of(long messageId) {
        int place = place(messageId);
        if (ids.get(place) != messageId) {
            return OptionalLong.empty();
        }
        long time = nanos.get(place);
        return ids.get(place) == messageId ? OptionalLong.of(time) : OptionalLong.empty();
    }

    private static int place(long messageId) {
        return (int) messageId & MASK;
    }
}
