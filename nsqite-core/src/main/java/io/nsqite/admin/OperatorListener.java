package io.nsqite.admin;

/** Told, on the caller's thread, what an operator has changed and committed; the owners of this process need not wait to see it. */
public interface OperatorListener {

    /** A channel was changed. */
    void channelChanged();

    /** A channel was deleted; its rows are still there. */
    void channelDeleted();
}
