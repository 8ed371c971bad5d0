package io.nsqite.spring.listener;

import io.nsqite.consumer.Subscription;

/**
 * A listener, ready to be registered.
 *
 * @param id its name in the properties
 * @param name its class, method and parameters, for messages
 * @param startsWithApplication whether it starts with the application
 * @param subscription what it serves and how
 */
record Listener(String id, String name, boolean startsWithApplication, Subscription subscription) {

    /** Topic and channel, as one word. */
    String channel() {
        return subscription.topic() + "." + subscription.channel();
    }
}
