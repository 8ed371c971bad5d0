package io.nsqite.spring.webhook;

import io.nsqite.consumer.Consumer;
import io.nsqite.pull.ChannelBusyException;
import io.nsqite.pull.PullConsumer;
import io.nsqite.pull.PulledMessage;
import io.nsqite.spring.remote.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the messages of a webhook's channel and posts them, one post at a time, on a thread of its own, until it is stopped or the target
 * wants no more. What is posted for the first time goes together; what has failed before goes alone, so that a message which the target can't
 * take spoils no others. The channel is ordered, so of each key there is one message in hand at the most.
 */
final class WebhookWorker implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(WebhookWorker.class);
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Duration STANDBY = Duration.ofSeconds(1);

    /** What it takes besides the post. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final Webhook webhook;
    private final WebhookClient client;
    private final PullConsumer consumer;
    private final Pace pace;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Duration visibility;
    private volatile @Nullable CompletableFuture<?> receiving;
    private volatile @Nullable String problem;

    WebhookWorker(Webhook webhook, WebhookClient client, PullConsumer consumer) {
        this.webhook = webhook;
        this.client = client;
        this.consumer = consumer;
        pace = new Pace(webhook.interval(), webhook.backoff(), stop);
        visibility = visibility(webhook);
    }

    /** What is received stays in hand over the pause before a post and the post itself, and is begun anew before the next. */
    static Duration visibility(Webhook webhook) {
        Duration pause = webhook.interval().compareTo(Pace.LONGEST_PAUSE) > 0 ? webhook.interval() : Pace.LONGEST_PAUSE;
        return webhook.target().timeout().multipliedBy(2).plus(pause).plus(MARGIN);
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

    @Override
    public void run() {
        try {
            while (problem == null && pace.await()) {
                postNext();
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

    private void postNext() throws InterruptedException {
        try {
            post(receive());
        } catch (ChannelBusyException e) {
            consumer.consumer().awaitActive(STANDBY);
        } catch (RuntimeException e) {
            if (stop.getCount() > 0) {
                faltered(e);
            }
        }
    }

    private void faltered(RuntimeException e) {
        if (consumer.consumer().state() == Consumer.State.STOPPED) {
            problem = "its channel was deleted; start it, or restart the application";
            log.warn("{}: its channel was deleted, so it is stopped", name());
        } else {
            log.warn("{}: receiving or answering messages failed, and is tried again", name(), e);
            pace.failed();
        }
    }

    private List<PulledMessage> receive() throws InterruptedException {
        CompletableFuture<List<PulledMessage>> request = consumer.receiveAsync(webhook.batchSize(), WAIT, visibility);
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

    private void post(List<PulledMessage> received) throws InterruptedException {
        List<PulledMessage> left = new ArrayList<>(received);
        for (List<PulledMessage> together : posts(received)) {
            if (problem != null || !pace.await()) {
                return; // closing gives back what is left
            }
            left.forEach(message -> consumer.extend(message.receipt(), visibility));
            postTogether(together);
            left.removeAll(together);
        }
    }

    private static List<List<PulledMessage>> posts(List<PulledMessage> received) {
        List<List<PulledMessage>> posts = new ArrayList<>();
        List<PulledMessage> first =
                received.stream().filter(message -> message.attempt() == 1).toList();
        if (!first.isEmpty()) {
            posts.add(first);
        }
        received.stream().filter(message -> message.attempt() > 1).map(List::of).forEach(posts::add);
        return posts;
    }

    private void postTogether(List<PulledMessage> messages) {
        try {
            if (client.post(Json.write(WebhookPost.of(webhook.source(), messages))) == WebhookClient.Answer.GONE) {
                end();
                return;
            }
        } catch (PostFailedException e) {
            failed(messages, e);
            return;
        }
        consumer.finish(messages.stream().map(PulledMessage::receipt).toList());
        if (pace.succeeded()) {
            log.info("{}: its target takes messages again", name());
        }
    }

    private void end() {
        problem = "its target answered 410 and wants no more; start it again, or remove it";
        log.warn(
                "{}: its target answered 410 and wants no more, so it is stopped; what waits stays in its channel. Start it again"
                        + " through the bean Webhooks, or remove it and delete the channel",
                name());
    }

    private void failed(List<PulledMessage> messages, PostFailedException failure) {
        if (pace.failed() == 1) {
            log.warn("{}: a post failed and is tried again: {}", name(), failure.getMessage());
        } else {
            log.debug("{}: another post failed: {}", name(), failure.getMessage());
        }
        for (PulledMessage message : messages) {
            if (message.lastAttempt()) {
                consumer.reject(message.receipt(), failure);
            } else {
                consumer.requeue(
                        message.receipt(),
                        webhook.backoff().delayAfter(message.attempt(), ThreadLocalRandom.current()));
            }
        }
    }

    private String name() {
        return "Webhook " + webhook.name();
    }
}
