package io.nsqite.spring.http;

import io.nsqite.message.Message;
import io.nsqite.pull.PulledMessage;
import io.nsqite.spring.remote.PayloadContent;
import io.nsqite.spring.remote.WholeText;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A message as a client receives it.
 *
 * @param id its receipt, with which it is answered
 * @param messageId its position in the log
 * @param message the payload, if it is JSON or text
 * @param messageBase64 the payload, if it is neither
 * @param key the key, if it has one
 * @param headers the headers of the publisher
 * @param attempt which execution this is, from 1
 * @param lastAttempt whether it becomes a dead letter if this one fails
 * @param publishedAt when it was published
 * @param priority 0 to 9
 */
record ReceivedMessage(
        String id,
        long messageId,
        @Nullable JsonNode message,
        @Nullable String messageBase64,
        @Nullable String key,
        Map<String, String> headers,
        int attempt,
        boolean lastAttempt,
        Instant publishedAt,
        int priority) {

    static ReceivedMessage of(PulledMessage pulled) {
        Message message = pulled.message();
        PayloadContent content = PayloadContent.of(message);
        return new ReceivedMessage(
                pulled.receipt().toString(),
                message.id(),
                content.value(),
                content.base64(),
                message.key(),
                WholeText.of(message.headers()),
                pulled.attempt(),
                pulled.lastAttempt(),
                message.publishedAt(),
                message.priority());
    }
}
