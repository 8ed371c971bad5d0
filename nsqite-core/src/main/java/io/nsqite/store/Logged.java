package io.nsqite.store;

import io.nsqite.message.Message;

/**
 * A message as it was read from the log.
 *
 * @param message without its payload if it is not to be delivered yet
 * @param deliverAt when it is to be delivered, in milliseconds; 0 for at once
 */
public record Logged(Message message, long deliverAt) {}
