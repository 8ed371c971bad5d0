package io.nsqite.spring.webhook;

import io.nsqite.consumer.Consumer;
import io.nsqite.pull.ChannelBusyException;
import io.nsqite.pull.PullConsumer;
import io.nsqite.pull.PulledMessage;
import io.nsqite.wakeup.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the messages of a webhook's channel and posts them, on a thread of its own, until it is stopped or the target wants no more. The
 * channel is ordered, so of each key there is one message in hand at the most.
 */
final class WebhookWorker implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(WebhookWorker.class);
    private static final Duration WAIT = Duration.ofSeconds(30);

    /** How long it waits for the channel before it looks again who has it. */
    private static final Duration STANDBY = Duration.ofSeconds(1);

    /** So long it does not notice that it is to stop. */
    private static final Duration STEP = Duration.ofMillis(50);

    private final Webhook webhook;
    private final PullConsumer consumer;
    private final Pace pace;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable CompletableFuture<?> receiving;
    private volatile @Nullable String problem;

    WebhookWorker(Webhook webhook, PullConsumer consumer) {
        this.webhook = webhook;
        this.consumer = consumer;
        pace = new Pace(webhook.interval(), webhook.backoff(), stop);
    }

    /** Has it end, after the post that is on its way. */
    void stop() {
        stop.countDown();
        CompletableFuture<?> request = receiving;
        if (request != null) {
            request.cancel(false);
        }
    }

    /** Why it has ended by itself; null if it has not. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Whether it ends, or has. */
    boolean isEnding() {
        return problem != null || stop.getCount() == 0;
    }

    @Override
    public void run() {
        try (WebhookClient client = new WebhookClient(webhook.target(), InstantSource.system())) {
            Posting posting = new Posting(webhook, client, consumer, pace);
            while (problem == null && pace.await()) {
                postNext(posting);
            }
        } catch (InterruptedException e) {
            log.debug("{}: interrupted, as the application stops", name());
        } catch (Throwable fault) {
            problem = "its thread failed: " + fault;
            log.error(
                    "{}: its thread failed, so it is stopped; please report this as a fault of nsqite", name(), fault);
        } finally {
            consumer.close();
        }
    }

    private void postNext(Posting posting) throws InterruptedException {
        try {
            if (posting.post(receive()) == Posting.End.GONE) {
                end();
            }
        } catch (ChannelBusyException e) {
            standBy();
        } catch (RuntimeException e) {
            if (stop.getCount() > 0) {
                faltered(e);
            }
        }
    }

    private void standBy() {
        long end = Deadline.after(STANDBY);
        boolean isActive = false;
        while (!isActive && stop.getCount() > 0 && end - System.nanoTime() > 0) {
            isActive = consumer.consumer().awaitActive(STEP);
        }
    }

    private void faltered(RuntimeException e) {
        if (consumer.consumer().state() == Consumer.State.STOPPED) {
            problem = "its channel was deleted, or the queue can't go on; start it, or restart the application";
            log.warn("{}: its channel was deleted, or the queue can't go on, so it is stopped", name());
        } else {
            log.warn("{}: receiving or answering messages failed, and is tried again", name(), e);
            pace.failed();
        }
    }

    private List<PulledMessage> receive() throws InterruptedException {
        CompletableFuture<List<PulledMessage>> request =
                consumer.receiveAsync(webhook.batchSize(), WAIT, Posting.visibility(webhook));
        receiving = request;
        if (stop.getCount() == 0) {
            request.cancel(false);
        }
        try {
            return request.get();
        } catch (CancellationException e) {
            return List.of();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("Receiving failed", e.getCause());
        }
    }

    private void end() {
        problem = "its target answered 410 and wants no more; start it again, or remove it";
        log.warn(
                "{}: its target answered 410 and wants no more, so it is stopped; what waits stays in its channel. Start it again"
                        + " through the bean Webhooks, or remove it and delete the channel",
                name());
    }

    private String name() {
        return "Webhook " + webhook.name();
    }
}
