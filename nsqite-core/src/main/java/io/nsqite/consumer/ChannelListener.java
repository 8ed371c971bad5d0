package io.nsqite.consumer;

import io.nsqite.message.Delivery;

/**
 * Told what happens to the messages of the channels that this process serves: for metrics, alarms and logs. All methods do nothing unless
 * overridden.
 *
 * <pre>{@code
 * Nsqite.builder(dataSource).channelListener(new ChannelListener() {
 *     public void dead(DeadMessage message) {
 *         alarm("%s.%s gave up message %d: %s".formatted(
 *                 message.topic(), message.channel(), message.messageId(), message.error()));
 *     }
 * });
 * }</pre>
 *
 * <p>Called by many threads, those that handle messages among them, so it must be quick and safe for that. What it throws is logged and changes
 * nothing. It is told as soon as something is decided, which is written a moment later: if the process dies or loses the channel in between,
 * the message is handled again, and told of again. Each attempt is told of by {@link #handedOut}, and ends, if the process goes on, with one of
 * {@link #succeeded}, {@link #requeued} and {@link #failed}, or without a word if it is given back without having been counted.
 */
public interface ChannelListener {

    /** A handler is about to get a message; on its thread. */
    default void handedOut(Delivery delivery) {}

    /**
     * As {@link #handedOut}, and after it, for a message that comes straight from the log, so that it shows how long messages wait: not one that
     * had a delay, that waited for another of its key, or that comes again after a failure, a takeover or a replay. Those of a channel that was
     * rewound, or starts with what is there already, come straight, however old.
     */
    default void arrived(Delivery delivery) {}

    /** A message is done. */
    default void succeeded(Delivery delivery) {}

    /** Its handler wants a message again. */
    default void requeued(Delivery delivery) {}

    /**
     * An attempt has failed, or was not answered in time. If it was the last, {@link #dead} follows.
     *
     * @param error class and message of the exception, or what else was wrong
     */
    default void failed(Delivery delivery, String error) {}

    /** A message is given up: after its last attempt, at once because it can't succeed, or because its handler rejected it. */
    default void dead(DeadMessage message) {}

    /**
     * A message that is given up.
     *
     * @param attempts how often it was tried
     * @param error the last failure: class and message, as kept with the dead letter
     */
    record DeadMessage(String topic, String channel, long messageId, int attempts, String error) {}
}
