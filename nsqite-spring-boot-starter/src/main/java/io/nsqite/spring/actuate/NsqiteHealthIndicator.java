package io.nsqite.spring.actuate;

import io.nsqite.Condition;
import io.nsqite.Nsqite;
import io.nsqite.consumer.Consumer;
import io.nsqite.spring.ListenerStatus;
import io.nsqite.spring.NsqiteListenerRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The health {@code nsqite}: down if the queue can't write to or read its database, or if a listener or a webhook that should run does not. What else
 * an operator should know is a detail, as restarting the application would not help: channels that nobody serves, or that are beyond the
 * limits of {@code nsqite.health}; limits of channels that there are not; listeners that were stopped or paused on purpose.
 *
 * <p>Never waits for writers, nor takes longer because more messages wait.
 */
public final class NsqiteHealthIndicator extends AbstractHealthIndicator {

    private final Nsqite nsqite;
    private final NsqiteListenerRegistry listeners;
    private final Supplier<Map<String, String>> stoppedWebhooks;
    private final ChannelWarnings warnings;
    private final InstantSource clock;

    /**
     * Of a queue.
     *
     * @param stoppedWebhooks webhooks that should run and do not, by name, with the reason
     * @param limits for all channels
     * @param channelLimits for single ones, stronger than those, by topic and channel with a point between
     */
    public NsqiteHealthIndicator(
            Nsqite nsqite,
            NsqiteListenerRegistry listeners,
            Supplier<Map<String, String>> stoppedWebhooks,
            HealthLimits limits,
            Map<String, HealthLimits> channelLimits) {
        super("The health of the queue could not be told");
        this.nsqite = nsqite;
        this.listeners = listeners;
        this.stoppedWebhooks = stoppedWebhooks;
        warnings = new ChannelWarnings(nsqite.admin(), limits, channelLimits);
        clock = InstantSource.system();
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Condition condition = nsqite.condition();
        if (!condition.isHealthy()) {
            builder.down()
                    .withDetail("problem", Objects.requireNonNull(condition.problem()))
                    .withDetail("since", Objects.requireNonNull(condition.since()));
            return; // nothing can be asked of the database
        }
        builder.up();
        addListeners(builder);
        addWebhooks(builder);
        addWarnings(builder);
    }

    private void addListeners(Health.Builder builder) {
        Map<String, String> failed = new TreeMap<>();
        Map<String, String> idle = new TreeMap<>();
        for (ListenerStatus listener : listeners.listeners()) {
            boolean stopped = listener.state() == Consumer.State.STOPPED;
            if (stopped && listener.shouldRun()) {
                failed.put(
                        listener.id(),
                        "it should run but is stopped: its channel was deleted; start it, or restart the application");
            } else if (stopped) {
                idle.put(listener.id(), "not started, or stopped");
            } else if (listener.paused()) {
                idle.put(listener.id(), "paused in this process");
            }
        }
        if (!failed.isEmpty()) {
            builder.down().withDetail("listeners", failed);
        }
        if (!idle.isEmpty()) {
            builder.withDetail("idleListeners", idle);
        }
    }

    private void addWebhooks(Health.Builder builder) {
        Map<String, String> stopped = stoppedWebhooks.get();
        if (!stopped.isEmpty()) {
            builder.down().withDetail("webhooks", stopped);
        }
    }

    private void addWarnings(Health.Builder builder) {
        ChannelWarnings.Found found = warnings.look(clock.instant());
        if (!found.warnings().isEmpty()) {
            builder.withDetail("warnings", found.warnings());
        }
        if (!found.unknownChannels().isEmpty()) {
            builder.withDetail("unknownChannels", found.unknownChannels());
        }
    }
}
