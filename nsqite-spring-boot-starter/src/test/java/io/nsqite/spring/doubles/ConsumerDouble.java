package io.nsqite.spring.doubles;

import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.Subscription;
import java.time.Duration;

/** A consumer that only remembers whether it runs; a test hands it deliveries. */
public final class ConsumerDouble implements Consumer {

    private final Subscription subscription;
    private volatile State state = State.STOPPED;
    private volatile boolean paused;

    ConsumerDouble(Subscription subscription) {
        this.subscription = subscription;
    }

    /** Gives a payload to the handler. */
    public void deliver(String payload) throws Exception {
        subscription.handler().handle(TestDelivery.of(payload));
    }

    @Override
    public String topic() {
        return subscription.topic();
    }

    @Override
    public String channel() {
        return subscription.channel();
    }

    @Override
    public ConsumerOptions options() {
        return subscription.options();
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public boolean awaitActive(Duration limit) {
        return state == State.ACTIVE;
    }

    @Override
    public void start() {
        state = State.ACTIVE;
    }

    @Override
    public boolean stop(Duration timeout) {
        state = State.STOPPED;
        return true;
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
    }

    @Override
    public int inFlight() {
        return 0;
    }

    @Override
    public boolean isPaused() {
        return paused;
    }
}
