package io.nsqite.spring.webhook;

import io.nsqite.pull.PullConsumer;
import io.nsqite.pull.PulledMessage;
import io.nsqite.pull.Receipt;
import io.nsqite.spring.remote.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts what was received, one post at a time, and answers it. What is posted for the first time goes together; what has failed before goes
 * alone, so that a message which the target can't take spoils no others. Used by one thread.
 */
final class Posting {

    private static final Logger log = LoggerFactory.getLogger(Posting.class);

    /** What it takes besides the post. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final Webhook webhook;
    private final WebhookClient client;
    private final PullConsumer consumer;
    private final Pace pace;
    private final Duration visibility;

    Posting(Webhook webhook, WebhookClient client, PullConsumer consumer, Pace pace) {
        this.webhook = webhook;
        this.client = client;
        this.consumer = consumer;
        this.pace = pace;
        visibility = visibility(webhook);
    }

    /** What is received stays in hand over the pause before a post and the post itself, and is begun anew before the next. */
    static Duration visibility(Webhook webhook) {
        Duration pause = webhook.interval().compareTo(Pace.LONGEST_PAUSE) > 0 ? webhook.interval() : Pace.LONGEST_PAUSE;
        return webhook.target().timeout().multipliedBy(2).plus(pause).plus(MARGIN);
    }

    /** How it went. */
    enum End {
        /** All is answered, or given back as it is to stop. */
        DONE,
        /** The target wants no more. */
        GONE
    }

    /** Posts all; what is not posted, for whatever reason, comes again at once and as if it had not been received. */
    End post(List<PulledMessage> received) throws InterruptedException {
        List<PulledMessage> left = new ArrayList<>(received);
        try {
            for (List<PulledMessage> together : posts(received)) {
                if (!pace.await()) {
                    return End.DONE;
                }
                left.forEach(message -> consumer.extend(message.receipt(), visibility));
                if (postTogether(together) == End.GONE) {
                    return End.GONE;
                }
                left.removeAll(together);
            }
            return End.DONE;
        } finally {
            consumer.giveBack(receipts(left));
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

    /** An interrupt, as the application stops, says nothing of the messages. */
    private End postTogether(List<PulledMessage> messages) throws InterruptedException {
        try {
            if (client.post(json(messages)) == WebhookClient.Answer.GONE) {
                return End.GONE;
            }
        } catch (PostFailedException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException("the post is cut short");
            }
            failed(messages, e);
            return End.DONE;
        }
        consumer.finish(receipts(messages));
        if (pace.succeeded()) {
            log.info("Webhook {}: its target takes messages again", webhook.name());
        }
        return End.DONE;
    }

    private byte[] json(List<PulledMessage> messages) {
        try {
            return Json.write(WebhookPost.of(webhook.source(), messages));
        } catch (RuntimeException e) {
            log.debug("Webhook {}: messages can't be written as JSON", webhook.name(), e);
            throw new PostFailedException("The messages can't be written as JSON (%s)"
                    .formatted(e.getClass().getSimpleName()));
        }
    }

    private static List<Receipt> receipts(List<PulledMessage> messages) {
        return messages.stream().map(PulledMessage::receipt).toList();
    }

    private void failed(List<PulledMessage> messages, PostFailedException failure) {
        if (pace.failed() == 1) {
            log.warn("Webhook {}: a post failed and is tried again: {}", webhook.name(), failure.getMessage());
        } else {
            log.debug("Webhook {}: another post failed: {}", webhook.name(), failure.getMessage());
        }
        messages.forEach(message -> failed(message, failure));
    }

    private void failed(PulledMessage message, PostFailedException failure) {
        if (message.lastAttempt()) {
            consumer.reject(message.receipt(), failure);
        } else {
            consumer.requeue(
                    message.receipt(), webhook.backoff().delayAfter(message.attempt(), ThreadLocalRandom.current()));
        }
    }
}
