package io.nsqite.spring.http;

import io.nsqite.consumer.Consumer;
import io.nsqite.pull.PullConsumer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What receives the messages of a channel, and whether somebody needs it. Safe for use by many threads. */
final class OpenConsumer {

    private final PullConsumer consumer;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile long usedAt = System.nanoTime();

    OpenConsumer(PullConsumer consumer) {
        this.consumer = consumer;
    }

    PullConsumer consumer() {
        return consumer;
    }

    boolean is(Consumer other) {
        return consumer.consumer() == other;
    }

    /** Somebody is about to wait for messages, until {@link #leave()}. */
    void enter() {
        waiting.incrementAndGet();
    }

    void leave() {
        used();
        waiting.decrementAndGet();
    }

    /** Somebody has answered a message. */
    void used() {
        usedAt = System.nanoTime();
    }

    boolean isServing() {
        return consumer.consumer().state() == Consumer.State.ACTIVE;
    }

    /** Not if an operator has deleted its channel, or it would end attempts elsewhere. */
    boolean goesOnWith(SubscriberOptions options) {
        return consumer.consumer().state() != Consumer.State.STOPPED
                && consumer.consumer().options().maxAttempts() == options.maxAttempts();
    }

    /** Whether nobody waits, and it either does not serve its channel or has not been used for a time and has nothing in hand. */
    boolean isIdle(Duration limit) {
        if (waiting.get() > 0) {
            return false;
        }
        return !isServing() || (isUnusedFor(limit) && consumer.consumer().inFlight() == 0);
    }

    private boolean isUnusedFor(Duration limit) {
        return System.nanoTime() - usedAt >= limit.toNanos();
    }
}
