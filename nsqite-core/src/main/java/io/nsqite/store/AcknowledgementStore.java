package io.nsqite.store;

import io.nsqite.store.Settlement.CursorMove;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Acknowledgements as part of an application's transaction. */
public interface AcknowledgementStore {

    /**
     * What an acknowledgement has written.
     *
     * @param leavesDoneRow whether there is a done row, which goes when the cursor passes it
     * @param hadRow whether there was a delivery row
     */
    record Acknowledged(boolean leavesDoneRow, boolean hadRow) {}

    /** Settles messages in the caller's transaction; empty, and nothing is written, if the channel is lost. */
    Optional<List<Acknowledged>> acknowledge(Connection transaction, Claim claim, List<Mark> messages)
            throws SQLException;

    /**
     * Settles messages in the caller's transaction by moving the cursor past them; false, and nothing is written, unless the claim is valid
     * and the cursor stands where the move begins.
     */
    boolean move(Connection transaction, Claim claim, CursorMove move) throws SQLException;

    /** Whether a move was committed, when its transaction ended in doubt and nothing else can have moved the cursor past its messages. */
    boolean isCommitted(Connection connection, Claim claim, CursorMove move) throws SQLException;

    /** Whether an acknowledgement was committed, when its transaction ended in doubt. */
    boolean isCommitted(Connection connection, Claim claim, long messageId, Acknowledged written) throws SQLException;
}
