package io.nsqite.producer;

import io.nsqite.store.CancelStore.Holder;
import java.util.Optional;

/** How messages that are about to be cancelled are kept from being handed out by this process. */
@FunctionalInterface
public interface Reservations {

    /**
     * Keeps a message from being handed out on a channel.
     *
     * @return what to run when the transaction that cancels it has ended, however it ended; empty if this process does not serve the
     *     channel, or has handed out the message already, even if it came back
     */
    Optional<Runnable> reserve(Holder holder, long messageId);
}
