package io.nsqite.database;

/** How safe a commit is against a power cut. A killed process loses nothing either way. */
public enum Durability {
    /** As the application's own commits: what a user asked for. */
    APPLICATION,
    /** Without waiting for the disk: what can be repeated. */
    RELAXED
}
