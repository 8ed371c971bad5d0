package io.nsqite.consumer;

import io.nsqite.message.Delivery;

/**
 * Handles the messages of a channel. Called by up to {@code concurrency} threads at a time.
 *
 * <p>A message is acknowledged when the method returns. When it throws anything, an {@link Error} included, the message
 * is tried again after a delay until its attempts are used up, and then becomes a dead letter. Delivery is at least once:
 * a handler may see a message again after a crash.
 */
@FunctionalInterface
public interface MessageHandler {

    /** Handles one message. */
    void handle(Delivery delivery) throws Exception;
}
