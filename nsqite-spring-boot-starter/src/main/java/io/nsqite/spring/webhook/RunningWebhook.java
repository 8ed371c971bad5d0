package io.nsqite.spring.webhook;

import io.nsqite.Nsqite;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.KeyOrder;
import io.nsqite.pull.PullConsumer;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A webhook that can be started and stopped. Guarded by its monitor. */
final class RunningWebhook {

    private static final Logger log = LoggerFactory.getLogger(RunningWebhook.class);

    private final Webhook webhook;
    private final Nsqite nsqite;
    private final WebhookClient client;
    private @Nullable WebhookWorker worker;
    private @Nullable Thread thread;

    RunningWebhook(Webhook webhook, Nsqite nsqite) {
        this.webhook = webhook;
        this.nsqite = nsqite;
        client = new WebhookClient(webhook.target(), InstantSource.system());
    }

    Webhook webhook() {
        return webhook;
    }

    synchronized void start() {
        if (thread != null && thread.isAlive()) {
            return;
        }
        ConsumerOptions options = ConsumerOptions.defaults()
                .withMaxAttempts(webhook.maxAttempts())
                .withKeyOrder(KeyOrder.SKIP_DEAD);
        PullConsumer consumer = pull(options);
        worker = new WebhookWorker(webhook, client, consumer);
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

    /** Has it end; {@link #await} waits until it has. */
    synchronized void stop() {
        if (worker != null) {
            worker.stop();
        }
    }

    /** Waits until it has ended, and interrupts it if it has not by then. */
    void await(Duration limit) {
        Thread running = thread();
        if (running == null) {
            return;
        }
        try {
            running.join(Math.max(1, limit.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.interrupt();
        forget(running);
    }

    private synchronized @Nullable Thread thread() {
        return thread;
    }

    private synchronized void forget(Thread ended) {
        if (thread == ended) {
            thread = null;
            worker = null;
        }
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
