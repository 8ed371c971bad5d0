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

    /**
     * A step of making a log.
     *
     * @param offset how far it is; only once it is complete that says where the log begins
     * @param isComplete whether no more steps are needed
     */
    record Beginning(Offset offset, boolean isComplete) {}

    /** How far it is. */
    Offset offset(Connection connection, Claim claim) throws SQLException;

    /**
     * Makes a log of what may have been handed out before, or was changed by an operator: it begins with the first message that is
     * not done in any of these ways, and nothing but dead letters has a row. To be repeated until it is complete. After each step the
     * channel can be consumed in any way: at worst something that was done comes again.
     *
     * @param maxRows about how many rows to delete at the most
     */
    Beginning begin(Connection transaction, Claim claim, int maxRows) throws SQLException;

    /** Moves it, whatever the direction. */
    void move(Connection transaction, Claim claim, long doneTo) throws SQLException;
}
