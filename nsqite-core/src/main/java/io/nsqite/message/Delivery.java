package io.nsqite.message;

/**
 * A message handed to a handler of a channel. It is acknowledged when the handler returns and has failed when the handler
 * throws.
 *
 * <p>Belongs to the handler that it was handed to. The methods may be called from any thread.
 */
public interface Delivery {

    /** The message. */
    Message message();

    /** The channel that the handler serves. */
    String channel();

    /**
     * Which execution this is, from 1. After the death of a process a message that may have been running counts as not
     * attempted, unless an earlier attempt was recorded.
     */
    int attempt();

    /** Whether a failure now would be the last, after which the message becomes a dead letter. */
    boolean lastAttempt();
}
