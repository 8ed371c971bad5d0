package io.nsqite.store;

/**
 * What became of a message that is to be kept once.
 *
 * @param id its own, or that of the message which is kept already
 * @param isNew whether it was stored
 */
public record Appended(long id, boolean isNew) {}
