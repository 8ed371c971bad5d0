package io.nsqite.benchmarks.micro;

/** Whose connections are measured. */
public enum Side {
    /** Ours, over the driver's. */
    REPAIRED,
    /** The driver's own. */
    BARE
}
