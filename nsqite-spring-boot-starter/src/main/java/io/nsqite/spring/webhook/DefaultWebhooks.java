package io.nsqite.spring.webhook;

import io.nsqite.Nsqite;
import io.nsqite.admin.ChannelName;
import io.nsqite.spring.remote.NewChannels;
import io.nsqite.spring.remote.RemoteConsumers;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Creates the channels of the webhooks with the application, and runs them with it. */
public final class DefaultWebhooks implements Webhooks, SmartInitializingSingleton, RemoteConsumers {

    private final Nsqite nsqite;
    private final WebhookStop stop;
    private final Map<String, RunningWebhook> webhooks = new TreeMap<>();

    /**
     * None of them runs yet.
     *
     * @param stopTimeout how long stopping them may take, all together, with the posts that are on their way
     */
    public DefaultWebhooks(Nsqite nsqite, Collection<Webhook> webhooks, Duration stopTimeout) {
        this.nsqite = nsqite;
        stop = new WebhookStop(stopTimeout);
        webhooks.forEach(webhook -> this.webhooks.put(webhook.name(), new RunningWebhook(webhook, nsqite)));
    }

    @Override
    public void afterSingletonsInstantiated() {
        Set<ChannelName> sources = new LinkedHashSet<>();
        for (RunningWebhook each : webhooks.values()) {
            InvalidWebhookException.check(
                    sources.add(each.webhook().source())
                            && !isServed(each.webhook().source()),
                    each.webhook().name(),
                    "has the channel %s, and so has another webhook or a listener"
                            .formatted(each.webhook().source()),
                    "Give it a channel of its own.");
        }
        NewChannels.create(nsqite.consumers(), sources);
    }

    private boolean isServed(ChannelName name) {
        return nsqite.consumers().all().stream()
                .anyMatch(consumer -> consumer.topic().equals(name.topic())
                        && consumer.channel().equals(name.channel()));
    }

    @Override
    public List<WebhookStatus> all() {
        return webhooks.values().stream().map(RunningWebhook::status).toList();
    }

    @Override
    public void start(String name) {
        find(name).start();
    }

    @Override
    public void stop(String name) {
        stop.stop(List.of(find(name)));
    }

    private RunningWebhook find(String name) {
        RunningWebhook webhook = webhooks.get(name);
        if (webhook == null) {
            throw new IllegalArgumentException(
                    "There is no webhook '%s'; there are %s".formatted(name, webhooks.keySet()));
        }
        return webhook;
    }

    @Override
    public void start() {
        webhooks.values().forEach(RunningWebhook::start);
    }

    @Override
    public void stop() {
        stop.stop(webhooks.values());
    }
}
