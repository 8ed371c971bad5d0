package io.nsqite.spring.webhook;

import io.nsqite.admin.ChannelName;
import io.nsqite.message.Message;
import io.nsqite.pull.PulledMessage;
import io.nsqite.spring.remote.PayloadContent;
import io.nsqite.spring.remote.WholeText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is posted.
 *
 * @param topic the topic
 * @param channel the channel
 * @param messages at least one
 */
record WebhookPost(String topic, String channel, List<Posted> messages) {

    static WebhookPost of(ChannelName source, List<PulledMessage> messages) {
        return new WebhookPost(
                source.topic(),
                source.channel(),
                messages.stream().map(Posted::of).toList());
    }

    /**
     * A message.
     *
     * @param id its position in the log, by which a receiver knows what it has had already
     * @param message the payload, if it is JSON or text
     * @param messageBase64 the payload, if it is neither
     * @param key the key, if it has one
     * @param headers the headers of the publisher
     * @param attempt which post of it this is, from 1
     * @param publishedAt when it was published
     * @param priority 0 to 9
     */
    record Posted(
            long id,
            @Nullable JsonNode message,
            @Nullable String messageBase64,
            @Nullable String key,
            Map<String, String> headers,
            int attempt,
            Instant publishedAt,
            int priority) {

        private static Posted of(PulledMessage pulled) {
            Message message = pulled.message();
            PayloadContent content = PayloadContent.of(message);
            return new Posted(
                    message.id(),
                    content.value(),
                    content.base64(),
                    message.key(),
                    WholeText.of(message.headers()),
                    pulled.attempt(),
                    message.publishedAt(),
                    message.priority());
        }
    }
}
