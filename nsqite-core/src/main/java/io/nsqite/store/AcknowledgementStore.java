package io.nsqite.store;

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

    /** Whether an acknowledgement was committed, when its transaction ended in doubt. */
    boolean isCommitted(Connection connection, Claim claim, long messageId, Acknowledged written) throws SQLException;
}
