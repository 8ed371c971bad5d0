package io.nsqite.spring.webhook;

import io.nsqite.Nsqite;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.KeyOrder;
import io.nsqite.pull.PullConsumer;
import io.nsqite.wakeup.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A webhook that can be started and stopped. Guarded by its monitor. */
final class RunningWebhook {

    private static final Logger log = LoggerFactory.getLogger(RunningWebhook.class);

    /** What one with a problem may take to end. */
    private static final Duration LONGEST_END = Duration.ofSeconds(15);

    private final Webhook webhook;
    private final Nsqite nsqite;
    private @Nullable WebhookWorker worker;
    private @Nullable Thread thread;

    RunningWebhook(Webhook webhook, Nsqite nsqite) {
        this.webhook = webhook;
        this.nsqite = nsqite;
    }

    Webhook webhook() {
        return webhook;
    }

    /**
     * Nothing happens if it runs.
     *
     * @throws IllegalStateException if it is still about to end
     */
    void start() {
        if (isEnding()) {
            boolean unused = await(Deadline.after(LONGEST_END)); // it may still be about to give its channel back
        }
        begin();
    }

    private synchronized boolean isEnding() {
        return worker != null && worker.isEnding();
    }

    private synchronized void begin() {
        if (thread != null && thread.isAlive()) {
            if (isEnding()) {
                throw new IllegalStateException(
                        "The webhook %s is still ending: its last post, or giving its channel back, takes long. Start it again in a moment"
                                .formatted(webhook.name()));
            }
            return;
        }
        ConsumerOptions options = ConsumerOptions.defaults()
                .withMaxAttempts(webhook.maxAttempts())
                .withKeyOrder(KeyOrder.SKIP_DEAD);
        PullConsumer consumer = pull(options);
        worker = new WebhookWorker(webhook, consumer);
        thread = new Thread(worker, "nsqite-webhook-" + webhook.name());
        thread.start();
        log.info("Webhook {}: posts the messages of {}", webhook.name(), webhook.source());
    }

    private PullConsumer pull(ConsumerOptions options) {
        try {
            return nsqite.pull(webhook.source().topic(), webhook.source().channel(), options);
        } catch (IllegalArgumentException e) {
            throw new InvalidWebhookException(
                    webhook.name(),
                    "can't have the channel %s: %s".formatted(webhook.source(), e.getMessage()),
                    "Give it a channel of its own.");
        }
    }

    /** Has it end, after the post that is on its way; {@link #await} waits until it has. */
    synchronized void stop() {
        if (worker != null) {
            worker.stop();
        }
    }

    /** Has it end without awaiting the post that is on its way. */
    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Waits until it has ended; whether it has. */
    boolean await(long deadlineNanos) {
        Thread running = thread();
        if (running == null) {
            return true;
        }
        try {
            TimeUnit.NANOSECONDS.timedJoin(running, deadlineNanos - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !running.isAlive();
    }

    private synchronized @Nullable Thread thread() {
        return thread;
    }

    /** It has ended as it should, and has no problem any more. */
    synchronized void forget() {
        thread = null;
        worker = null;
    }

    synchronized WebhookStatus status() {
        String problem = worker == null ? null : worker.problem();
        return new WebhookStatus(
                webhook.name(),
                webhook.source().topic(),
                webhook.source().channel(),
                problem == null && thread != null && thread.isAlive(),
                problem);
    }
}
