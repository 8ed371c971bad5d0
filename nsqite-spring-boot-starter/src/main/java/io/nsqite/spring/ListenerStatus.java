package io.nsqite.spring;

import io.nsqite.consumer.Consumer;

/**
 * A listener and how far it is, at the moment of asking.
 *
 * @param id its name in the registry and the properties
 * @param topic the topic
 * @param channel the channel
 * @param state whether it serves the channel
 * @param paused whether it is paused in this process; see {@link NsqiteListenerRegistry#pause}
 * @param shouldRun whether it was started, with the application or through the registry, and not stopped since in the same way. If its state is
 *     {@code STOPPED} all the same, its channel was deleted or its database replaced
 */
public record ListenerStatus(
        String id, String topic, String channel, Consumer.State state, boolean paused, boolean shouldRun) {}
