package io.nsqite.spring.autoconfigure;

import io.nsqite.admin.ChannelName;
import io.nsqite.retry.ExponentialBackoff;
import io.nsqite.spring.webhook.InvalidWebhookException;
import io.nsqite.spring.webhook.Webhook;
import io.nsqite.spring.webhook.WebhookTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Webhooks.
 *
 * @param webhooks Channels whose messages are posted to an address, by names of your choice: topic, channel (the name unless set), url, batch-size
 *     (100), interval (0s), timeout (10s), headers, max-attempts (that of listeners unless set) and secret. See docs/webhooks.md.
 */
@ConfigurationProperties("nsqite")
public record NsqiteWebhookProperties(@DefaultValue Map<String, Definition> webhooks) {

    List<Webhook> toWebhooks(NsqiteProperties.Listener listener) {
        return webhooks.entrySet().stream()
                .map(webhook -> webhook.getValue().toWebhook(webhook.getKey(), listener))
                .toList();
    }

    /**
     * A webhook.
     *
     * @param topic The topic.
     * @param channel The channel; the name of the webhook unless set.
     * @param url Where to post; http or https.
     * @param batchSize How many messages at the most in a post; 1 to 1000.
     * @param interval The least time from one post to the next, in which messages gather; up to 1 hour.
     * @param timeout How long it may take to connect, and then to answer; 1 ms to 10 minutes.
     * @param headers Headers of each post.
     * @param maxAttempts How often a message is posted before it becomes a dead letter, 0 is without end; nsqite.listener.max-attempts unless
     *     set.
     * @param secret What posts are signed with; they are not unless set.
     */
    public record Definition(
            @Nullable String topic,
            @Nullable String channel,
            @Nullable String url,
            @DefaultValue("100") int batchSize,
            @DefaultValue("0s") Duration interval,
            @DefaultValue("10s") Duration timeout,
            @DefaultValue Map<String, String> headers,
            @Nullable Integer maxAttempts,
            @Nullable String secret) {

        Webhook toWebhook(String name, NsqiteProperties.Listener listener) {
            NsqiteProperties.Backoff backoff = listener.backoff();
            return new Webhook(
                    name,
                    source(name),
                    WebhookTarget.of(name, url, timeout, headers, secret),
                    batchSize,
                    interval,
                    maxAttempts == null ? listener.maxAttempts() : maxAttempts,
                    new ExponentialBackoff(
                            backoff.delay(), backoff.multiplier(), backoff.maxDelay(), backoff.jitter()));
        }

        private ChannelName source(String name) {
            try {
                return new ChannelName(topic == null ? "" : topic, channel == null ? name : channel);
            } catch (IllegalArgumentException e) {
                throw new InvalidWebhookException(
                        name, "has no valid topic and channel: " + e.getMessage(), "Correct it.");
            }
        }

        /** Without what may be secret. */
        @Override
        public String toString() {
            return "Definition[topic=%s, channel=%s]".formatted(topic, channel);
        }
    }
}
