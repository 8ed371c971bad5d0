package io.nsqite.consumer;

import io.nsqite.store.ChannelContents;
import io.nsqite.store.Claim;
import io.nsqite.store.Settlement.CursorMove;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves of the cursors that handlers' transactions make themselves. Where the messages of a handler are the head of a lane, moving its
 * cursor in the transaction says the same as a done row of each, without the rows and without a settlement that folds them.
 *
 * <p>That needs no lock beside SQLite's, as a move takes effect only if the table is as it was when the move was planned: it names the
 * owner, the epoch, the channel's change counter and the place where the cursor stands. If one of them differs (another process has
 * the channel, an operator has moved the cursor, or a settlement), nothing is written, and done rows are, as for messages that are not
 * the head.
 *
 * <p>Between the commit and its report memory lags behind the table: a move is <em>in doubt</em>. Until then it blocks nobody, also where
 * code of the user hangs after the commit: whoever is about to settle has SQLite's write lock, so that no transaction ends meanwhile,
 * and reads from the table which moves have taken effect ({@link #found}). One that has not, and then comes too late, fails by the
 * place that it names.
 *
 * <p>If a settlement finds the channel changed, it is loaded anew by what that transaction read, which is heard of later. A move that was
 * committed in between is applied to what was read, unless that has another change counter: then it was committed before, and the
 * operator's change has the last word.
 *
 * <p>After a crash nothing is different: what handlers have and was not committed is above the cursor, and counts as before.
 *
 * <p>Guarded by the monitor.
 */
final class HeadMoves {

    private final Cursors cursors;
    private final Lanes lanes;
    private final PassListener listener;
    private final List<HeadMove> inDoubt = new ArrayList<>();

    /** Those reported since {@link #collecting()}, which contents loaded then don't show. */
    private final List<HeadMove> reported = new ArrayList<>();

    private long changes;

    /** Told of moves that were committed. */
    interface PassListener {

        /** A cursor has passed it, and it has left its lane. */
        void passed(Entry entry);

        /** The cursor could go on. */
        void canPassMore();
    }

    HeadMoves(ChannelContents contents, Cursors cursors, Lanes lanes, PassListener listener) {
        this.cursors = cursors;
        this.lanes = lanes;
        this.listener = listener;
        changes = contents.changes();
    }

    /** Plans a move past messages that a handler has; null if they are not the head of one lane. */
    @Nullable
    HeadMove begin(Claim claim, List<Entry> entries) {
        int priority = entries.get(0).priority();
        Optional<Long> to = lanes.of(priority).endOfHead(entries);
        if (to.isEmpty()) {
            return null;
        }
        HeadMove move = new HeadMove(claim, new CursorMove(priority, cursors.of(priority), to.get()), entries);
        inDoubt.add(move);
        return move;
    }

    /** Its transaction was rolled back, or has not made it. */
    void rolledBack(HeadMove move) {
        inDoubt.remove(move);
    }

    /** Its transaction was committed; false if the entries have to be settled all the same. */
    boolean committed(HeadMove move) {
        if (move.state() == HeadMove.State.IN_DOUBT) {
            inDoubt.remove(move);
            pass(move);
            reported.add(move);
        } else if (move.state() == HeadMove.State.OVERTAKEN && isOfNow(move)) {
            cursors.reached(move.move());
            reported.add(move);
        }
        return move.state() == HeadMove.State.PASSED;
    }

    private boolean isOfNow(HeadMove move) {
        return move.claim().changes() == changes;
    }

    private void pass(HeadMove move) {
        cursors.moved(move.move());
        move.became(HeadMove.State.PASSED);
        if (lanes.of(move.move().priority()).passUpTo(move.move().to(), listener::passed)) {
            listener.canPassMore(); // done rows that were left since it was planned
        }
    }

    /** Whether one past a message is in doubt. */
    boolean areAbout(Entry entry) {
        return inDoubt.stream().anyMatch(move -> move.entries().contains(entry));
    }

    /** Whether the table may know more than is known here. */
    boolean areInDoubt() {
        return !inDoubt.isEmpty();
    }

    /** Where the cursors stand in the table, of a transaction that has the write lock and found the claim valid. */
    void found(long[] doneTo) {
        inDoubt.removeIf(move -> {
            boolean committed = isOfNow(move)
                    && doneTo[move.move().priority()] >= move.move().to();
            if (committed) {
                pass(move);
            }
            return committed;
        });
    }

    /** A transaction that has the write lock is about to settle, and may load the channel. */
    void collecting() {
        reported.clear();
    }

    /** The cursors, and nothing else yet, are those of the contents now. */
    void reload(ChannelContents contents) {
        changes = contents.changes();
        inDoubt.forEach(move -> move.became(HeadMove.State.OVERTAKEN));
        inDoubt.clear();
        reported.stream().filter(this::isOfNow).forEach(move -> cursors.reached(move.move()));
    }
}
