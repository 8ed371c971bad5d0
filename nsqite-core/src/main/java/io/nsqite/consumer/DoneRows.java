package io.nsqite.consumer;

import io.nsqite.store.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What is to be done about the done rows that handlers' transactions have left. Guarded by the monitor. */
final class DoneRows {

    private final List<Long> obsolete = new ArrayList<>();
    /** Those left since {@link #collecting()}, which contents loaded then don't show. */
    private final List<Mark> reported = new ArrayList<>();

    private boolean canBePassed;

    /** A transaction that was committed has left one. */
    void left(Entry entry) {
        reported.add(new Mark(entry.id(), entry.priority()));
    }

    /** A cursor can pass one of a message that it has not passed yet. */
    void canBePassed() {
        canBePassed = true;
    }

    /** The cursor has passed the message already. */
    void isObsolete(long id) {
        obsolete.add(id);
    }

    /** Those that moves in transactions pass. */
    HeadMoves.PassListener whenPassed(Consumer<Entry> listener) {
        return new HeadMoves.PassListener() {
            @Override
            public void passed(Entry entry) {
                if (entry.stored() == Entry.Stored.DONE_ROW) {
                    isObsolete(entry.id());
                }
                listener.accept(entry);
            }

            @Override
            public void canPassMore() {
                canBePassed();
            }
        };
    }

    /** Whether there are some to remove. */
    boolean areToGo() {
        return canBePassed || !obsolete.isEmpty();
    }

    /** A transaction that has the write lock is about to settle, and may load the channel. */
    void collecting() {
        reported.clear();
    }

    /** Those that the cursor has passed; what else there is, a cursor is about to pass as far as it can. */
    List<Long> takeObsolete() {
        canBePassed = false;
        List<Long> taken = List.copyOf(obsolete);
        obsolete.clear();
        return taken;
    }

    /** The channel was loaded again; those that it does not show. */
    List<Mark> reload() {
        obsolete.clear();
        return reported;
    }
}
