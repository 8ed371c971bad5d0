package io.nsqite.consumer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages in memory that were not handed out, in the order in which they may be. Guarded by the monitor. */
interface Waiting {

    /** What becomes of a message that was read. */
    enum Place {
        /** It waits in memory. */
        IN_MEMORY,
        /** It gets a row and waits in the table. */
        IN_TABLE
    }

    /** Takes in a message that was read from the log. */
    Place add(Entry entry);

    /** Takes one back that was handed out and not begun; it comes first again. */
    void putBack(Entry entry);

    /** The next to hand out; null if none may be. */
    @Nullable
    Entry poll();

    /** Whether none may be handed out. */
    boolean isEmpty();

    /** Takes out those that wait for others to end, so that they can get rows. */
    default List<Entry> takeBlocked() {
        return List.of();
    }

    /** Forgets what waits, as it is read again. */
    void clear();

    /** The log was read up to here. */
    default void readUpTo(long position) {}

    /** A message is in hand that was not handed out from here. */
    default void inHand(Entry entry) {}

    /** A message that was read has a row. */
    default void hasRow(long id, @Nullable String key) {}

    /** The row of a message that is not in hand is to be written. */
    default void pending(Outcome outcome) {}

    /** What was in hand has ended. */
    default void ended(Outcome outcome) {}

    /** An outcome is committed. */
    default void settled(Outcome outcome) {}

    /** A message that was in hand is settled by a transaction. */
    default void acknowledged(Entry entry) {}
}
