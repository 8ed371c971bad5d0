package io.nsqite.spring.actuate;

import io.nsqite.bus.BusSubscriptionStatus;
import io.nsqite.bus.EventBus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The event bus of this process.
 *
 * @param unheard how many events were published to topics without subscribers
 * @param topics its topics by name, as far as they have subscribers
 */
public record BusDescriptor(long unheard, Map<String, List<SubscriberDescriptor>> topics) {

    static BusDescriptor of(EventBus bus) {
        Map<String, List<SubscriberDescriptor>> topics = new TreeMap<>();
        for (BusSubscriptionStatus status : bus.subscriptions()) {
            topics.computeIfAbsent(status.topic(), topic -> new ArrayList<>()).add(SubscriberDescriptor.of(status));
        }
        return new BusDescriptor(bus.unheard(), topics);
    }

    /**
     * A subscriber.
     *
     * @param channel its channel
     * @param concurrency how many handlers run side by side
     * @param queueSize how many events may wait
     * @param waiting how many wait that were not tried yet
     * @param retrying how many wait for a retry
     * @param inHand how many are being handled
     * @param waitingPublishers how many threads wait for room
     * @param outcomes what has become of events since it subscribed
     */
    public record SubscriberDescriptor(
            String channel,
            int concurrency,
            int queueSize,
            int waiting,
            int retrying,
            int inHand,
            int waitingPublishers,
            OutcomesDescriptor outcomes) {

        static SubscriberDescriptor of(BusSubscriptionStatus status) {
            return new SubscriberDescriptor(
                    status.channel(),
                    status.concurrency(),
                    status.queueSize(),
                    status.waiting(),
                    status.retrying(),
                    status.inHand(),
                    status.waitingPublishers(),
                    OutcomesDescriptor.of(status));
        }
    }

    /**
     * What has become of events.
     *
     * @param succeeded events that are done
     * @param failed attempts that failed
     * @param retried events put aside to be tried again, each time counted
     * @param givenUp events given up
     * @param discarded events not taken as there was no room
     * @param timedOut events not taken as there was no room until the publisher's time was over
     */
    public record OutcomesDescriptor(
            long succeeded, long failed, long retried, long givenUp, long discarded, long timedOut) {

        static OutcomesDescriptor of(BusSubscriptionStatus status) {
            return new OutcomesDescriptor(
                    status.succeeded(),
                    status.failed(),
                    status.retried(),
                    status.givenUp(),
                    status.discarded(),
                    status.timedOut());
        }
    }
}
