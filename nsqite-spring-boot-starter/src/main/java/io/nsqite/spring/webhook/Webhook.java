package io.nsqite.spring.webhook;

import io.nsqite.admin.ChannelName;
import io.nsqite.retry.ExponentialBackoff;
import java.time.Duration;

/**
 * A webhook, checked.
 *
 * @param name its name in the properties
 * @param source the channel whose messages it posts
 * @param target where it posts them
 * @param batchSize how many at the most in a post
 * @param interval the least time from one post to the next
 * @param maxAttempts how often a message is posted before it becomes a dead letter; 0 is without end
 * @param backoff how long a message waits that could not be posted
 */
public record Webhook(
        String name,
        ChannelName source,
        WebhookTarget target,
        int batchSize,
        Duration interval,
        int maxAttempts,
        ExponentialBackoff backoff) {

    private static final int MOST_MESSAGES = 1000;
    private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);

    /** @throws InvalidWebhookException if a value is out of its range */
    public Webhook {
        InvalidWebhookException.check(
                batchSize >= 1 && batchSize <= MOST_MESSAGES,
                name,
                "has the batch-size " + batchSize,
                "Give 1 to %d messages.".formatted(MOST_MESSAGES));
        InvalidWebhookException.check(
                !interval.isNegative() && interval.compareTo(LONGEST_INTERVAL) <= 0,
                name,
                "has the interval " + interval,
                "Give a time from 0 to 1 hour.");
        InvalidWebhookException.check(
                maxAttempts >= 0,
                name,
                "has the max-attempts " + maxAttempts,
                "Give 1 or more, or 0 for attempts without end.");
    }
}
