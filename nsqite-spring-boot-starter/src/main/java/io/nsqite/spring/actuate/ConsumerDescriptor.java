package io.nsqite.spring.actuate;

import io.nsqite.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What serves a channel, or stands by for it, in this process.
 *
 * @param listener the id of its listener; left out if it was not registered as one
 * @param state how far it is
 * @param paused whether it is paused in this process; see {@code NsqiteListenerRegistry}
 * @param inFlight how many messages are in the hands of its handlers; left out unless it serves the channel
 * @param concurrency how many it handles side by side
 * @param maxAttempts after how many attempts it gives a message up; 0 is never
 */
public record ConsumerDescriptor(
        @Nullable String listener,
        Consumer.State state,
        boolean paused,
        @Nullable Integer inFlight,
        int concurrency,
        int maxAttempts) {

    static ConsumerDescriptor of(Consumer consumer, @Nullable String listener) {
        Consumer.State state = consumer.state();
        boolean serves = state == Consumer.State.ACTIVE || state == Consumer.State.STOPPING;
        return new ConsumerDescriptor(
                listener,
                state,
                consumer.isPaused(),
                serves ? consumer.inFlight() : null,
                consumer.options().concurrency(),
                consumer.options().maxAttempts());
    }
}
