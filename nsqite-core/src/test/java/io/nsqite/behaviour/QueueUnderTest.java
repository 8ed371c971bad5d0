package io.nsqite.behaviour;

import io.nsqite.NsqiteBuilder;
import io.nsqite.store.DeliveryState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A new database for the behaviour suite, and questions about what the queue keeps there for the only channel of a test. */
interface QueueUnderTest {

    /** Begins to build a queue in the database; each queue that is built stands for a process. */
    NsqiteBuilder builder();

    /** Begins a transaction of the application. */
    Connection transaction() throws SQLException;

    /** Up to where everything of a priority is settled, or is one of the {@link #deliveries}. */
    long position(int priority) throws SQLException;

    /** How many messages are marked as done beyond the position. */
    int doneAhead() throws SQLException;

    /** The ids of the messages that left the straight way and are in a state, in their order. */
    List<Long> deliveries(DeliveryState state) throws SQLException;

    /** Whether the last that served the channel ended with messages in hand, and these are not settled yet. */
    boolean isUnclean() throws SQLException;
}
