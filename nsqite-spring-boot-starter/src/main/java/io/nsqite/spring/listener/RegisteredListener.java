package io.nsqite.spring.listener;

import io.nsqite.consumer.Consumer;
import io.nsqite.spring.ListenerStatus;

/** A listener and what consumes for it. */
record RegisteredListener(Listener listener, Consumer consumer) {

    ListenerStatus status() {
        return new ListenerStatus(
                listener.id(), consumer.topic(), consumer.channel(), consumer.state(), consumer.isPaused());
    }
}
