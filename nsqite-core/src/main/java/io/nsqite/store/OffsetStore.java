package io.nsqite.store;

import java.sql.Connection;
import java.sql.SQLException;

/** The offsets of channels that are read as logs: all of what lies up to it is done, nothing beyond is. */
public interface OffsetStore {

    /**
     * How far a log is.
     *
     * @param fence if it is {@link Fence#LOST} the rest says nothing
     * @param changes the channel's change counter
     * @param paused whether an operator has paused it
     */
    record Offset(Fence fence, long doneTo, long changes, boolean paused) {

        /** Whether the claim does not hold. */
        public boolean isLost() {
            return fence == Fence.LOST;
        }
    }

    /** How far it is. */
    Offset offset(Connection connection, Claim claim) throws SQLException;

    /**
     * Makes a log of what may have been handed out before, or was changed by an operator: it begins with the first message that is
     * not done in any of these ways, and nothing but dead letters has a row.
     */
    Offset begin(Connection transaction, Claim claim) throws SQLException;

    /** Moves it, whatever the direction. */
    void move(Connection transaction, Claim claim, long doneTo) throws SQLException;
}
