package io.nsqite.bus;

import io.nsqite.retry.Delays;
import io.nsqite.wakeup.SystemTimer;
import io.nsqite.wakeup.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;

/** Builds an {@link EventBus}. Not safe for use by several threads. */
public final class EventBusBuilder {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private BusOptions options = BusOptions.defaults();
    private Duration stopTimeout = STOP_TIMEOUT;
    private ThreadFactory handlerThreads = new SubscriberThreads();
    private final List<BusListener> listeners = new ArrayList<>();
    private Timer timer = new SystemTimer("nsqite-bus-timer");

    EventBusBuilder() {}

    /** For subscriptions that are made without options; {@link BusOptions#defaults()} unless given. */
    public EventBusBuilder options(BusOptions newOptions) {
        options = Objects.requireNonNull(newOptions, "options");
        return this;
    }

    /**
     * How long closing waits for handlers; 30 s unless given.
     *
     * @throws IllegalArgumentException if it is negative or too long to be counted in milliseconds
     */
    public EventBusBuilder stopTimeout(Duration newStopTimeout) {
        stopTimeout = Delays.check("stopTimeout", newStopTimeout);
        return this;
    }

    /**
     * What makes the threads of handlers, which get names of their own. Unless given they keep the JVM running until the bus is closed, so
     * that what was accepted is handled.
     */
    public EventBusBuilder handlerThreads(ThreadFactory newHandlerThreads) {
        handlerThreads = Objects.requireNonNull(newHandlerThreads, "handlerThreads");
        return this;
    }

    /** Has one more hear of subscriptions. */
    public EventBusBuilder listener(BusListener listener) {
        listeners.add(Objects.requireNonNull(listener, "listener"));
        return this;
    }

    /** Delays retries and ends leases; for tests. */
    EventBusBuilder timer(Timer newTimer) {
        timer = newTimer;
        return this;
    }

    /** Makes it. It has no threads before the first subscription. */
    public EventBus build() {
        return new DefaultEventBus(
                options, stopTimeout, new Engine(handlerThreads, timer), new BusListeners(listeners));
    }
}
