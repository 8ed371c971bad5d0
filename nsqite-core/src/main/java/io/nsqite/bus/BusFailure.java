package io.nsqite.bus;

/**
 * An event that was given up.
 *
 * @param topic its topic
 * @param channel the channel that gave it up; others have nothing to do with that
 * @param event the event
 * @param attempts how often it was tried
 * @param reason the last failure; an {@link IllegalStateException} if the last attempt was requeued, and a {@link
 *     java.util.concurrent.TimeoutException} if it was not answered
 */
public record BusFailure(String topic, String channel, Object event, int attempts, Throwable reason) {}
