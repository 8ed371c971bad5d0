package io.nsqite.bus;

/**
 * What a subscription had not handled when its time to stop was over; it is lost.
 *
 * @param topic its topic
 * @param channel its channel
 * @param waiting events that no handler has seen, or that waited for a retry
 * @param inHand events whose handlers had not finished, or that had no answer
 */
public record BusLeftover(String topic, String channel, int waiting, int inHand) {}
