package io.nsqite.sample.action;

/**
 * A recorded action.
 *
 * @param id under which it is stored
 */
record ActionResponse(long id) {}
