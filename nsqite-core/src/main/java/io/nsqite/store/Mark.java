package io.nsqite.store;

/** A message of which the tables say something besides the log. */
public record Mark(long messageId, int priority) {}
