package io.nsqite.store;

/** Whether a channel is still served under a claim. */
public enum Fence {
    /** It is. */
    OURS,
    /** It is, but an operator has changed something: load the channel again. */
    CHANGED,
    /** Another process has it, or may take it. */
    LOST
}
