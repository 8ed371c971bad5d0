package io.nsqite.bus;

/**
 * A subscription at a moment. Each figure is right, but they are read one after the other while the subscription goes on.
 *
 * @param topic its topic
 * @param channel its channel
 * @param concurrency how many handlers run side by side
 * @param queueSize how many events may wait
 * @param waiting how many wait, without those that failed
 * @param retrying how many wait for a retry; they count towards the queue size, too
 * @param inHand how many are being handled
 * @param waitingPublishers how many threads wait for room
 * @param succeeded events that are done
 * @param failed attempts that failed, were rejected, or got no answer in time
 * @param retried events that were put aside to be tried again, each time counted
 * @param givenUp events that were given up
 * @param discarded events that it has not got as it had no room and publishers don't wait for it
 * @param timedOut events that it has not got as it had no room until the publisher's time was over
 */
public record BusSubscriptionStatus(
        String topic,
        String channel,
        int concurrency,
        int queueSize,
        int waiting,
        int retrying,
        int inHand,
        int waitingPublishers,
        long succeeded,
        long failed,
        long retried,
        long givenUp,
        long discarded,
        long timedOut) {}
