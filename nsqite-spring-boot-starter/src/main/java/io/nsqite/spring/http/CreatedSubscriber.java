package io.nsqite.spring.http;

/**
 * A subscriber that a client has created.
 *
 * @param name its name
 * @param option how it consumes
 */
record CreatedSubscriber(String name, SubscriberOptions option) {}
