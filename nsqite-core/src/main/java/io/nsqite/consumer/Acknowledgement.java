package io.nsqite.consumer;

import io.nsqite.store.AcknowledgementStore;
import io.nsqite.store.AcknowledgementStore.Acknowledged;
import io.nsqite.store.Claim;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What a handler's transaction has written to acknowledge its messages. Guarded by the monitor where nothing else is said. */
abstract class Acknowledgement {

    private Acknowledgement() {}

    /** The transaction is committed. */
    abstract void committed(Backlog backlog);

    /** It is rolled back. */
    void rolledBack(Backlog backlog) {}

    /** Whether it was committed, as the tables say; without the monitor. */
    abstract boolean isCommitted(Connection connection, AcknowledgementStore store) throws SQLException;

    /** The cursor's own move: nothing is left to be done about the messages. */
    static final class OfHead extends Acknowledgement {

        private final HeadMove move;

        OfHead(HeadMove move) {
            this.move = move;
        }

        @Override
        void committed(Backlog backlog) {
            backlog.acknowledged(move);
        }

        @Override
        void rolledBack(Backlog backlog) {
            backlog.headMoves().rolledBack(move);
        }

        /** If memory has it from the table already, an operator may have moved the cursor back since. */
        @Override
        boolean isCommitted(Connection connection, AcknowledgementStore store) throws SQLException {
            return move.state() == HeadMove.State.PASSED || store.isCommitted(connection, move.claim(), move.move());
        }
    }

    /** Rows for each message. */
    static final class OfRows extends Acknowledgement {

        private final Claim claim;
        private final List<Entry> entries;
        private final List<Acknowledged> written;

        OfRows(Claim claim, List<Entry> entries, List<Acknowledged> written) {
            this.claim = claim;
            this.entries = entries;
            this.written = written;
        }

        @Override
        void committed(Backlog backlog) {
            for (int i = 0; i < entries.size(); i++) {
                backlog.acknowledged(entries.get(i), written.get(i).leavesDoneRow());
            }
        }

        @Override
        boolean isCommitted(Connection connection, AcknowledgementStore store) throws SQLException {
            return store.isCommitted(connection, claim, entries.get(0).id(), written.get(0));
        }
    }
}
