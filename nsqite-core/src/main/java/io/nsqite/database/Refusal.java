package io.nsqite.database;

/**
 * The database does not take what is written to it.
 *
 * @param error what it said at last
 * @param sinceNanos since when, by {@link System#nanoTime()}
 */
public record Refusal(String error, long sinceNanos) {}
