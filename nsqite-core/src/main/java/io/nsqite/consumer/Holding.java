package io.nsqite.consumer;

import io.nsqite.store.CancelStore;
import io.nsqite.store.ChannelStore;
import io.nsqite.store.Claim;
import java.util.Optional;

/** A channel in the hands of this process, whatever it is used for. */
interface Holding {

    /** Which channel, and by which right. */
    Claim claim();

    /** Hands out nothing, or goes on. */
    void setPausedHere(boolean newPausedHere);

    /** Hands out nothing more. */
    void stopHandingOut();

    /** Waits until all that was handed out is answered; false if that does not happen in time. */
    boolean awaitAnswers(long deadlineNanos);

    /** Settles what is finished and gives the channel back. Nothing is accepted afterwards. */
    void giveBack(long deadlineNanos);

    /** Drops everything without writing; another process may have the channel. */
    void drop();

    /** Whether the channel was lost or given back. */
    boolean isOver();

    /** How many messages are in the hands of handlers. */
    int inFlight();

    /** Takes notice of the channel's row as it is now. */
    void noticed(ChannelStore.Notice notice);

    /** Keeps a message from being handed out; what to run when the transaction that cancels it has ended. */
    Optional<Runnable> reserve(CancelStore.Holder holder, long messageId);

    /** Up to where the log was read. */
    long readUpTo();

    /** The engine's clock jumped: what is scheduled may be due, or not for long. */
    void clockJumped();
}
