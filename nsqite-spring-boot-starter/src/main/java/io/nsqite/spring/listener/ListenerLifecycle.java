package io.nsqite.spring.listener;

import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.Consumers;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the listeners when everything else has started, and stops them first: before the web server waits for its
 * requests, which may publish to the end.
 */
public final class ListenerLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ListenerLifecycle.class);

    private final Listeners listeners;
    private final Consumers consumers;
    private final StartReport report;
    private final Duration stopTimeout;
    private volatile boolean running;

    /**
     * For these listeners.
     *
     * @param stopTimeout how long running handlers may take when the application stops
     */
    public ListenerLifecycle(Listeners listeners, Consumers consumers, QueueAdmin admin, Duration stopTimeout) {
        this.listeners = listeners;
        this.consumers = consumers;
        this.report = new StartReport(admin);
        this.stopTimeout = stopTimeout;
    }

    @Override
    public void start() {
        if (running) {
            return;
        }
        report.write(listeners.registered());
        listeners.registered().stream()
                .filter(registered -> registered.listener().startsWithApplication())
                .map(RegisteredListener::consumer)
                .forEach(Consumer::start);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        if (!consumers.stopAll(stopTimeout)) {
            log.warn(
                    "Not all handlers finished within {}; their messages will be handled again."
                            + " nsqite.listener.shutdown-timeout says how long to wait",
                    stopTimeout);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
