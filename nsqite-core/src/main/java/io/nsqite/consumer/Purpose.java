package io.nsqite.consumer;

import io.nsqite.store.ChannelStore.Taken;
import io.nsqite.store.Claim;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/** What a channel is taken for. */
interface Purpose {

    String topic();

    String channel();

    ConsumerOptions options();

    /** How many messages may be in hand at first, which the next owner must suspect after a crash. */
    int inHand();

    /** Prepares a channel, in the transaction that has taken it. */
    Prepared prepare(Connection transaction, Taken taken) throws SQLException;

    /** Who has waited for the channel to be served waits in vain. Called with a lock of the consumer's held: must be quick. */
    void stopped();

    /** A channel that is taken and not served yet. */
    interface Prepared {

        Claim claim();

        /**
         * Begins to serve it, or drops it and throws.
         *
         * @param paused whether it hands out nothing at first
         * @param onLost called once if another process has the channel; must not block
         */
        Service serve(BooleanSupplier paused, Runnable onLost);
    }
}
