package io.nsqite.spring.webhook;

import org.jspecify.annotations.Nullable;

/**
 * A webhook.
 *
 * @param name its name in the properties
 * @param topic the topic
 * @param channel the channel
 * @param running whether it posts, or stands by while another process does
 * @param problem why it is stopped though it should run; null if it should not, or does
 */
public record WebhookStatus(
        String name,
        String topic,
        String channel,
        boolean running,
        @Nullable String problem) {}
