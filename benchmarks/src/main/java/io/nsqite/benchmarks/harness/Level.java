package io.nsqite.benchmarks.harness;

/** SQLite's {@code synchronous} level. */
public enum Level {
    /** A power cut may take the last commits. */
    NORMAL,
    /** A commit is on disk when it returns. */
    FULL
}
