package io.nsqite.spring.listener;

import io.nsqite.admin.QueueAdmin;
import io.nsqite.spring.remote.RemoteConsumers;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the listeners when everything else has started, and stops them first: before the web server waits for its
 * requests, which may publish to the end.
 */
public final class ListenerLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ListenerLifecycle.class);

    private final ListenerRegistry registry;
    private final StartReport report;
    private final Supplier<List<RemoteConsumers>> remote;
    private final Duration stopTimeout;
    private volatile boolean running;

    /**
     * For the listeners of a registry.
     *
     * @param remote what serves channels besides
     * @param stopTimeout how long running handlers may take when the application stops
     */
    public ListenerLifecycle(
            ListenerRegistry registry, QueueAdmin admin, Supplier<List<RemoteConsumers>> remote, Duration stopTimeout) {
        this.registry = registry;
        this.remote = remote;
        this.report = new StartReport(admin);
        this.stopTimeout = stopTimeout;
    }

    @Override
    public void start() {
        if (running) {
            return;
        }
        remote.get().forEach(RemoteConsumers::start); // before the report of what nobody serves
        report.write(registry.registered());
        registry.startAll();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        remote.get().forEach(RemoteConsumers::stop);
        if (!registry.stopAll()) {
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
