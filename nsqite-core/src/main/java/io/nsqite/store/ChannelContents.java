package io.nsqite.store;

import java.util.List;

/**
 * What the tables hold of a channel when it is loaded.
 *
 * @param changes the channel's change counter as of this look
 * @param cursors position by priority
 * @param done messages settled above the cursors
 * @param passedByRow messages above the cursors that have a delivery row
 * @param running deliveries whose attempt had begun
 * @param keyed whether a message with a key has a delivery row
 */
@SuppressWarnings("ArrayRecordComponent") // not copied, for speed
public record ChannelContents(
        long changes,
        boolean paused,
        long[] cursors,
        List<Mark> done,
        List<Mark> passedByRow,
        List<DeliveryRow> running,
        boolean keyed) {}
