package io.nsqite.spring.listener;

import io.nsqite.consumer.Consumer;
import io.nsqite.spring.ListenerStatus;
import java.time.Duration;

/** A listener, what consumes for it, and whether it is to run. Safe for use by many threads. */
final class RegisteredListener {

    private final Listener listener;
    private final Consumer consumer;
    private volatile boolean shouldRun;

    RegisteredListener(Listener listener, Consumer consumer) {
        this.listener = listener;
        this.consumer = consumer;
    }

    Listener listener() {
        return listener;
    }

    Consumer consumer() {
        return consumer;
    }

    void startWithApplication() {
        if (listener.startsWithApplication()) {
            start();
        }
    }

    void start() {
        shouldRun = true;
        consumer.start();
    }

    boolean stop(Duration timeout) {
        shouldRun = false;
        return consumer.stop(timeout);
    }

    /** All of them stop together. */
    void willStop() {
        shouldRun = false;
    }

    ListenerStatus status() {
        return new ListenerStatus(
                listener.id(), consumer.topic(), consumer.channel(), consumer.state(), consumer.isPaused(), shouldRun);
    }
}
