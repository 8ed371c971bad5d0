package io.nsqite.spring.bus;

import io.nsqite.bus.BusOptions;
import io.nsqite.bus.BusSubscription;
import io.nsqite.bus.EventBus;

/**
 * A subscription that the application has annotated.
 *
 * @param name class, method and parameters, for messages
 * @param topic its topic
 * @param channel its channel
 * @param startsWithApplication whether it subscribes with the application
 * @param options how it handles events
 * @param method its handler
 */
record PlannedSubscription(
        String name,
        String topic,
        String channel,
        boolean startsWithApplication,
        BusOptions options,
        SubscriberMethod method) {

    /** Its name in the properties. */
    String id() {
        return topic + "." + channel;
    }

    BusSubscription subscribe(EventBus bus) {
        return method.subscribe(bus, topic, channel, options);
    }
}
