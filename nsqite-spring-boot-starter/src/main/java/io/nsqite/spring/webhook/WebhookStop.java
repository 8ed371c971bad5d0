package io.nsqite.spring.webhook;

import io.nsqite.wakeup.Deadline;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops webhooks side by side, within a time for all of them: what has not ended shortly before that is interrupted. */
final class WebhookStop {

    private static final Logger log = LoggerFactory.getLogger(WebhookStop.class);

    /** What an interrupted post may take to end, and its answers to be written; of short times a quarter. */
    private static final Duration LONGEST_END = Duration.ofSeconds(1);

    private final Duration limit;

    WebhookStop(Duration limit) {
        this.limit = limit;
    }

    void stop(Collection<RunningWebhook> webhooks) {
        long deadline = Deadline.after(limit);
        webhooks.forEach(RunningWebhook::stop);
        List<RunningWebhook> late = notEnded(webhooks, deadline - endTime().toNanos());
        late.forEach(RunningWebhook::interrupt);
        for (RunningWebhook hanging : notEnded(late, deadline)) {
            log.warn(
                    "Webhook {}: did not end within {} (nsqite.listener.shutdown-timeout), and is left to itself; what it was posting may be"
                            + " posted again",
                    hanging.webhook().name(),
                    limit);
        }
    }

    private Duration endTime() {
        Duration quarter = limit.dividedBy(4);
        return quarter.compareTo(LONGEST_END) < 0 ? quarter : LONGEST_END;
    }

    /** Those that have ended by then are forgotten. */
    private static List<RunningWebhook> notEnded(Collection<RunningWebhook> webhooks, long deadlineNanos) {
        return webhooks.stream()
                .filter(webhook -> !hasEnded(webhook, deadlineNanos))
                .toList();
    }

    private static boolean hasEnded(RunningWebhook webhook, long deadlineNanos) {
        boolean hasEnded = webhook.await(deadlineNanos);
        if (hasEnded) {
            webhook.forget();
        }
        return hasEnded;
    }
}
